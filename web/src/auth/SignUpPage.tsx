import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { setupQuery } from "@/api/queries";
import { texts } from "@/texts";
import { Notice } from "@/ui/Notice";
import { AuthPage } from "./AuthPage";
import { SignUpForm } from "./SignUpForm";

export function SignUpPage() {
  const setup = useQuery(setupQuery);
  const footer = (
    <>
      {texts.auth.haveAccount}{" "}
      <Link to="/login" className="font-medium text-accent-ink underline underline-offset-2">
        {texts.auth.signIn}
      </Link>
    </>
  );
  return (
    <AuthPage title={texts.auth.signUpTitle} footer={footer}>
      {setup.data?.registrationOpen === false ? (
        <Notice>{texts.auth.closed}</Notice>
      ) : (
        <SignUpForm submitLabel={texts.auth.signUp} token={false} next="/welcome" />
      )}
    </AuthPage>
  );
}
