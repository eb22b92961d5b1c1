import type { FormEvent, ReactNode } from "react";
import { useState } from "react";
import { fieldErrors } from "@/app/fieldErrors";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextAreaField, TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** How to get it. */
  children?: ReactNode;
  label: string;
  /** The secret's name in the API, for what is refused. */
  field: string;
  /** Whether it is the content of a file, and not a line. */
  long?: boolean;
  submit?: string;
  error: unknown;
  busy: boolean;
  onSave: (secret: string) => void;
}

/** Takes a secret. What was typed is gone when it closes. */
export function SecretDialog({ open, onOpenChange, title, children, ...form }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} wide={form.long ?? false}>
      {children}
      <SecretForm {...form} />
    </Dialog>
  );
}

type FormProps = Omit<Props, "open" | "onOpenChange" | "title" | "children"> & { hint?: ReactNode };

export function SecretForm({ label, field, long, submit, error, busy, hint = texts.settings.secret.kept, onSave }: FormProps) {
  const [secret, setSecret] = useState("");
  const errors = fieldErrors(error, { [field]: label });
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSave(secret.trim());
  };
  const common = {
    label,
    hint,
    error: errors.of[field],
    required: true,
    autoComplete: "off",
    spellCheck: false,
    value: secret,
    onChange: (event: { target: { value: string } }) => setSecret(event.target.value),
  };
  return (
    <form onSubmit={save} className="grid gap-4">
      {errors.rest && <Notice kind="error">{errors.rest}</Notice>}
      {long ? (
        <TextAreaField {...common} rows={6} className="font-mono text-xs!" />
      ) : (
        <TextField {...common} type="password" className="font-mono" />
      )}
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={busy}>
          {submit ?? texts.settings.secret.store}
        </Button>
      </div>
    </form>
  );
}
