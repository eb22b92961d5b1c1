import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { setupQuery } from "@/api/queries";
import { explain } from "@/app/query";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { AuthPage } from "./AuthPage";
import { safeNext, type SignIn, useEnter } from "./account";

export function LoginPage() {
  const { next } = useSearch({ strict: false });
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
  return (
    <AuthPage title={texts.auth.signInTitle} footer={footer}>
      <form onSubmit={submit} className="grid gap-4">
        {enter.isError && <Notice kind="error">{explain(enter.error)}</Notice>}
        <TextField label={texts.auth.email} name="email" type="email" autoComplete="username" required autoFocus />
        <TextField label={texts.auth.password} name="password" type="password" autoComplete="current-password" required />
        <Button type="submit" look="primary" busy={enter.isPending}>
          {texts.auth.signIn}
        </Button>
      </form>
    </AuthPage>
  );
}
