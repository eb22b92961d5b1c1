import { Link } from "@tanstack/react-router";
import { texts } from "@/texts";

export function ToSignIn() {
  return (
    <Link to="/login" className="font-medium text-accent-ink underline underline-offset-2">
      {texts.auth.toSignIn}
    </Link>
  );
}
