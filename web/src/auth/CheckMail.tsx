import { useMutation } from "@tanstack/react-query";
import { post } from "@/api/http";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { say } from "@/ui/Toast";

const t = texts.auth;

/** The address must be confirmed before one can sign in. */
export function CheckMail({ email }: { email: string }) {
  const again = useMutation({
    mutationFn: () => post("api/auth/send-verification-email", { email, callbackURL: "/verify-email" }),
    onSuccess: () => say.good(t.verifySent),
  });
  return (
    <div className="grid gap-4">
      <p role="status" className="text-sm">
        {t.verifyText(email)}
      </p>
      <Button busy={again.isPending} onClick={() => again.mutate()}>
        {t.verifyAgain}
      </Button>
    </div>
  );
}
