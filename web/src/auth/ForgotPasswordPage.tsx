import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { post } from "@/api/http";
import { fieldErrors } from "@/app/fieldErrors";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { AuthPage } from "./AuthPage";
import { ToSignIn } from "./ToSignIn";

const t = texts.auth;

export function ForgotPasswordPage() {
  const send = useMutation({
    mutationFn: (email: string) => post("api/auth/request-password-reset", { email, redirectTo: "/reset-password" }),
    meta: { quiet: true },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send.mutate(String(new FormData(event.currentTarget).get("email")));
  };
  const errors = fieldErrors(send.error, { email: t.email }, { INVALID_EMAIL: { field: "email" } });
  return (
    <AuthPage title={t.forgotTitle} text={t.forgotText} footer={<ToSignIn />}>
      {send.isSuccess ? (
        <Notice kind="good">{t.sent}</Notice>
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          {errors.rest && <Notice kind="error">{errors.rest}</Notice>}
          <TextField label={t.email} name="email" type="email" autoComplete="username" required autoFocus error={errors.of["email"]} />
          <Button type="submit" look="primary" busy={send.isPending}>
            {t.forgotSubmit}
          </Button>
        </form>
      )}
    </AuthPage>
  );
}
