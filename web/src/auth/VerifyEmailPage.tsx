import { useSearch } from "@tanstack/react-router";
import { texts } from "@/texts";
import { Notice } from "@/ui/Notice";
import { AuthPage } from "./AuthPage";
import { ToSignIn } from "./ToSignIn";

const t = texts.auth;

/** Where the link of a confirmation leads in the end. */
export function VerifyEmailPage() {
  const { error } = useSearch({ strict: false });
  return (
    <AuthPage title={t.verifyTitle} footer={<ToSignIn />}>
      {error === undefined ? <Notice kind="good">{t.verifyDone}</Notice> : <Notice kind="error">{t.badLink}</Notice>}
    </AuthPage>
  );
}
