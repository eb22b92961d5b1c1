import { type FormEvent, useState } from "react";
import { fieldErrors } from "@/app/fieldErrors";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { SelectField, TextAreaField, TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { body, type Typed, useAddServer } from "./mcpServers";

const t = texts.settings.mcp;
const TRANSPORTS = (["stdio", "http"] as const).map((value) => ({ value, label: t.transports[value] }));
const NOTHING: Typed = { name: "", transport: "stdio", command: "", args: "", url: "", secrets: "", enabled: true };
const LABELS = { name: t.name, command: t.command, args: t.args, env: t.variables, url: t.url, headers: t.headers };

/** Adds a server. What was typed is gone when it closes. */
export function McpServerDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} wide title={t.addTitle}>
      <ServerForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ServerForm({ onDone }: { onDone: () => void }) {
  const add = useAddServer();
  const [typed, setTyped] = useState(NOTHING);
  const set = (some: Partial<Typed>) => setTyped((before) => ({ ...before, ...some }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(body(typed), { onSuccess: onDone });
  };
  const errors = fieldErrors(add.error, LABELS);
  const stdio = typed.transport === "stdio";
  const input = (field: "name" | "command" | "args" | "url") => ({
    value: typed[field],
    error: errors.of[field],
    spellCheck: false,
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => set({ [field]: event.target.value }),
  });
  return (
    <form onSubmit={submit} className="grid gap-4">
      {errors.rest && <Notice kind="error">{errors.rest}</Notice>}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField {...input("name")} label={t.name} placeholder={t.namePlaceholder} required maxLength={40} autoFocus />
        <SelectField
          label={t.transport}
          options={TRANSPORTS}
          value={typed.transport}
          onChange={(event) => set({ transport: event.target.value as Typed["transport"] })}
        />
      </div>
      {stdio ? (
        <>
          <TextField {...input("command")} label={t.command} hint={t.commandHint} required className="font-mono" placeholder="npx" />
          <TextAreaField {...input("args")} label={t.args} hint={t.argsHint} optional rows={3} className="font-mono text-xs!" />
        </>
      ) : (
        <TextField {...input("url")} label={t.url} required className="font-mono" placeholder="https://mcp.example.com/mcp" />
      )}
      <TextAreaField
        label={stdio ? t.variables : t.headers}
        hint={stdio ? t.variablesHint : t.headersHint}
        optional
        rows={3}
        className="font-mono text-xs!"
        spellCheck={false}
        autoComplete="off"
        value={typed.secrets}
        error={errors.of[stdio ? "env" : "headers"]}
        onChange={(event) => set({ secrets: event.target.value })}
      />
      <Checkbox
        label={t.enabled}
        hint={t.enabledHint}
        checked={typed.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
      />
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={add.isPending}>
          {t.submit}
        </Button>
      </div>
    </form>
  );
}
