import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { ApiError } from "@/api/http";
import { setupQuery } from "@/api/queries";
import { explain } from "@/app/query";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { AuthPage } from "./AuthPage";
import { safeNext, type SignIn, useEnter } from "./account";
import { CheckMail } from "./CheckMail";
import { ProviderButtons, providerError } from "./ProviderButtons";

export function LoginPage() {
  const { next, error } = useSearch({ strict: false });
  const setup = useQuery(setupQuery);
  const enter = useEnter<SignIn>("sign-in/email", safeNext(next));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    enter.mutate({ email: String(form.get("email")), password: String(form.get("password")) });
  };
  const footer = setup.data?.registrationOpen && (
    <>
      {texts.auth.noAccount}{" "}
      <Link to="/sign-up" className="font-medium text-accent-ink underline underline-offset-2">
        {texts.auth.signUp}
      </Link>
    </>
  );
  if (enter.error instanceof ApiError && enter.error.problem.code === "EMAIL_NOT_VERIFIED") {
    return (
      <AuthPage title={texts.auth.verifyTitle}>
        <CheckMail email={enter.variables?.email ?? ""} />
      </AuthPage>
    );
  }
  const wrong = enter.isError ? explain(enter.error) : providerError(error);
  return (
    <AuthPage title={texts.auth.signInTitle} footer={footer}>
      <form onSubmit={submit} className="grid gap-4">
        {wrong && <Notice kind="error">{wrong}</Notice>}
        <TextField label={texts.auth.email} name="email" type="email" autoComplete="username" required autoFocus />
        <TextField label={texts.auth.password} name="password" type="password" autoComplete="current-password" required />
        <Button type="submit" look="primary" busy={enter.isPending}>
          {texts.auth.signIn}
        </Button>
        {setup.data?.passwordReset && (
          <Link to="/forgot-password" className="justify-self-center text-sm text-ink-soft underline underline-offset-2">
            {texts.auth.forgot}
          </Link>
        )}
      </form>
      <ProviderButtons next={safeNext(next)} />
    </AuthPage>
  );
}
