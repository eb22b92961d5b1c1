import type { FormEvent } from "react";
import { fieldErrors } from "@/app/fieldErrors";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { type SignUp, useEnter } from "./account";
import { CheckMail } from "./CheckMail";

const LABELS = { name: texts.auth.name, email: texts.auth.email, password: texts.auth.password };
const CODES = {
  INVALID_EMAIL: { field: "email" },
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: { field: "email", text: texts.auth.taken },
  PASSWORD_TOO_SHORT: { field: "password" },
  PASSWORD_TOO_LONG: { field: "password" },
  SETUP_TOKEN_REQUIRED: { field: "setupToken", text: texts.auth.setupTokenWrong },
};

/** For the first account and every further one. */
export function SignUpForm({ submitLabel, token, next }: { submitLabel: string; token: boolean; next: string }) {
  const enter = useEnter<SignUp>("sign-up/email", next);
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
  const errors = fieldErrors(enter.error, LABELS, CODES);
  if (enter.data?.token === null) return <CheckMail email={enter.variables?.email ?? ""} />;
  return (
    <form onSubmit={submit} className="grid gap-4">
      {errors.rest && <Notice kind="error">{errors.rest}</Notice>}
      {token && (
        <TextField label={texts.auth.setupToken} hint={texts.auth.setupTokenHint} name="setupToken" autoComplete="off" required autoFocus error={errors.of["setupToken"]} />
      )}
      <TextField label={texts.auth.name} name="name" autoComplete="name" required autoFocus={!token} error={errors.of["name"]} />
      <TextField label={texts.auth.email} name="email" type="email" autoComplete="username" required error={errors.of["email"]} />
      <TextField
        label={texts.auth.password}
        hint={texts.auth.passwordHint}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        required
        error={errors.of["password"]}
      />
      <Button type="submit" look="primary" busy={enter.isPending}>
        {submitLabel}
      </Button>
    </form>
  );
}
