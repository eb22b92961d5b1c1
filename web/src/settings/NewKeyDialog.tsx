import { type FormEvent, useState } from "react";
import type { MadeAccessKey } from "@/api/types";
import { fieldErrors } from "@/app/fieldErrors";
import { useUser } from "@/auth/useUser";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Checkbox } from "@/ui/Checkbox";
import { Dialog } from "@/ui/Dialog";
import { SelectField, TextField } from "@/ui/Field";
import { Notice } from "@/ui/Notice";
import { useMakeKey } from "./keys";
import { grants, type Resource, toPermissions, USUAL } from "./permissions";
import { ShownKey } from "./ShownKey";

const t = texts.settings.keys;
const EXPIRY = (["604800", "2592000", "7776000", "31536000", ""] as const).map((value) => ({ value, label: t.expiry[value] }));
const LABELS = { name: t.name, expiresIn: t.expires, permissions: t.permissions };

/** Makes a key, then shows it once; what it shows is gone when it closes. */
export function NewKeyDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [made, setMade] = useState<MadeAccessKey>();
  const change = (next: boolean) => {
    if (!next) setMade(undefined);
    onOpenChange(next);
  };
  return (
    <Dialog open={open} onOpenChange={change} wide title={made ? t.madeTitle : t.createTitle} description={made ? t.madeText : undefined}>
      {made ? <ShownKey made={made} onDone={() => change(false)} /> : <NewKeyForm onMade={setMade} />}
    </Dialog>
  );
}

function NewKeyForm({ onMade }: { onMade: (made: MadeAccessKey) => void }) {
  const admin = useUser()?.role === "admin";
  const make = useMakeKey();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(USUAL));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (chosen.size === 0) return;
    const form = new FormData(event.currentTarget);
    const expiry = String(form.get("expiresIn"));
    make.mutate(
      {
        name: String(form.get("name")).trim(),
        permissions: toPermissions(chosen),
        ...(expiry === "" ? {} : { expiresIn: Number(expiry) }),
      },
      { onSuccess: onMade },
    );
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const errors = fieldErrors(make.error, LABELS);
  const permissionError = chosen.size === 0 ? t.noPermission : errors.of["permissions"];
  return (
    <form onSubmit={submit} className="grid gap-5">
      {errors.rest && <Notice kind="error">{errors.rest}</Notice>}
      <div className="grid gap-4 sm:grid-cols-[1fr_10rem]">
        <TextField label={t.name} name="name" placeholder={t.namePlaceholder} required maxLength={200} autoFocus autoComplete="off" error={errors.of["name"]} />
        <SelectField label={t.expires} name="expiresIn" options={EXPIRY} defaultValue="7776000" error={errors.of["expiresIn"]} />
      </div>
      <fieldset className="grid gap-3">
        <legend className="text-sm font-medium">{t.permissions}</legend>
        <p className="text-xs text-ink-faint">{t.permissionsHint}</p>
        <Grants admin={admin} chosen={chosen} onToggle={toggle} />
        {permissionError && (
          <p role="alert" className="text-xs font-medium text-bad">
            {permissionError}
          </p>
        )}
      </fieldset>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={make.isPending} disabled={chosen.size === 0}>
          {t.submit}
        </Button>
      </div>
    </form>
  );
}

function Grants({ admin, chosen, onToggle }: { admin: boolean; chosen: ReadonlySet<string>; onToggle: (id: string) => void }) {
  const all = grants(admin);
  const resources = [...new Set(all.map((grant) => grant.resource))];
  const group = (resource: Resource) => all.filter((grant) => grant.resource === resource);
  return (
    <div className="divide-y divide-line rounded-lg border border-line">
      {resources.map((resource) => (
        <div key={resource} role="group" aria-label={t.resources[resource].label} className="grid gap-2 px-3 py-2.5 sm:grid-cols-[7.5rem_1fr]">
          <p className="text-sm text-ink-soft">{t.resources[resource].label}</p>
          <div className="grid gap-2">
            {group(resource).map((grant) => (
              <Checkbox key={grant.id} label={grant.text} checked={chosen.has(grant.id)} onChange={() => onToggle(grant.id)} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
