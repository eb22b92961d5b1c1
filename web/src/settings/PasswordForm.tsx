import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { post } from "@/api/http";
import { fieldErrors } from "@/app/fieldErrors";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { say } from "@/ui/Toast";

const t = texts.settings.password;
const LABELS = { currentPassword: t.current, newPassword: t.next };
const CODES = {
  INVALID_PASSWORD: { field: "currentPassword", text: t.wrong },
  PASSWORD_TOO_SHORT: { field: "newPassword" },
  PASSWORD_TOO_LONG: { field: "newPassword" },
};

/** @param email so that password managers know whose password it is */
export function PasswordForm({ email }: { email: string }) {
  const client = useQueryClient();
  const [differ, setDiffer] = useState(false);
  const change = useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }) =>
      post("api/auth/change-password", body),
    meta: { quiet: true },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["sessions"] });
      say.good(t.changed);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const newPassword = String(form.get("newPassword"));
    const different = newPassword !== form.get("repeat");
    setDiffer(different);
    if (different) return;
    change.mutate(
      { currentPassword: String(form.get("currentPassword")), newPassword, revokeOtherSessions: form.get("others") !== null },
      { onSuccess: () => element.reset() },
    );
  };
  const errors = fieldErrors(change.error, LABELS, CODES);
  return (
    <form onSubmit={submit} className="grid max-w-sm gap-4">
      {errors.rest && <Notice kind="error">{errors.rest}</Notice>}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <TextField
        label={t.current}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        error={errors.of["currentPassword"]}
      />
      <TextField
        label={t.next}
        hint={t.hint}
        name="newPassword"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        required
        error={errors.of["newPassword"]}
      />
      <TextField
        label={t.repeat}
        name="repeat"
        type="password"
        autoComplete="new-password"
        required
        error={differ ? t.differ : undefined}
      />
      <Checkbox label={t.others} name="others" defaultChecked />
      <div>
        <Button type="submit" look="primary" busy={change.isPending}>
          {t.change}
        </Button>
      </div>
    </form>
  );
}
