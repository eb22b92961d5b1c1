import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { post } from "@/api/http";
import { fieldErrors } from "@/app/fieldErrors";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { AuthPage } from "./AuthPage";
import { ToSignIn } from "./ToSignIn";

const t = texts.auth;
const CODES = {
  PASSWORD_TOO_SHORT: { field: "newPassword" },
  PASSWORD_TOO_LONG: { field: "newPassword" },
  INVALID_TOKEN: { field: "token" },
};

/** Where the link of a mail leads. Its token leaves the address, and with it the history, at once. */
export function ResetPasswordPage() {
  const [token] = useState(() => new URLSearchParams(window.location.search).get("token"));
  useEffect(() => window.history.replaceState(window.history.state, "", window.location.pathname), []);
  const reset = useMutation({
    mutationFn: (newPassword: string) => post("api/auth/reset-password", { newPassword, token }),
    meta: { quiet: true },
    gcTime: 0,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset.mutate(String(new FormData(event.currentTarget).get("newPassword")));
  };
  const errors = fieldErrors(reset.error, { newPassword: t.newPassword }, CODES);
  const stale = token === null || errors.of["token"] !== undefined;
  return (
    <AuthPage title={t.resetTitle} footer={<ToSignIn />}>
      {reset.isSuccess ? (
        <Notice kind="good">{t.resetDone}</Notice>
      ) : stale ? (
        <Notice kind="error">
          {t.badLink}{" "}
          <Link to="/forgot-password" className="font-medium underline underline-offset-2">
            {t.another}
          </Link>
        </Notice>
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          {errors.rest && <Notice kind="error">{errors.rest}</Notice>}
          <TextField
            label={t.newPassword}
            hint={t.passwordHint}
            name="newPassword"
            type="password"
            autoComplete="new-password"
            minLength={8}
            maxLength={128}
            required
            autoFocus
            error={errors.of["newPassword"]}
          />
          <Button type="submit" look="primary" busy={reset.isPending}>
            {t.resetSubmit}
          </Button>
        </form>
      )}
    </AuthPage>
  );
}
