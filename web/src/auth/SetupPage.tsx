import { useQuery } from "@tanstack/react-query";
import { setupQuery } from "@/api/queries";
import { texts } from "@/texts";
import { AuthPage } from "./AuthPage";
import { SignUpForm } from "./SignUpForm";

/** Nobody has an account yet: the first one is the admin's. */
export function SetupPage() {
  const setup = useQuery(setupQuery);
  return (
    <AuthPage title={texts.auth.setupTitle} text={texts.auth.setupText}>
      <SignUpForm submitLabel={texts.auth.setupSubmit} token={setup.data?.setupTokenRequired ?? false} next="/welcome" />
    </AuthPage>
  );
}
