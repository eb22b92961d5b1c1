import type { FormEvent } from "react";
import { explain } from "@/app/query";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { type SignUp, useEnter } from "./account";

/** For the first account and every further one. */
export function SignUpForm({ submitLabel, token }: { submitLabel: string; token: boolean }) {
  const enter = useEnter<SignUp>("sign-up/email", "/");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    enter.mutate({
      name: text("name"),
      email: text("email"),
      password: text("password"),
      ...(token ? { setupToken: text("setupToken").trim() } : {}),
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      {enter.isError && <Notice kind="error">{explain(enter.error)}</Notice>}
      {token && (
        <TextField label={texts.auth.setupToken} hint={texts.auth.setupTokenHint} name="setupToken" autoComplete="off" required autoFocus />
      )}
      <TextField label={texts.auth.name} name="name" autoComplete="name" required autoFocus={!token} />
      <TextField label={texts.auth.email} name="email" type="email" autoComplete="username" required />
      <TextField
        label={texts.auth.password}
        hint={texts.auth.passwordHint}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        required
      />
      <Button type="submit" look="primary" busy={enter.isPending}>
        {submitLabel}
      </Button>
    </form>
  );
}
