import { Lock, RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import type { SettingField, SettingValue } from "@/api/types";
import { texts } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { SelectField, TextAreaField, TextField } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { shown } from "./settingDraft";
import { settingLabel } from "./settingGroups";

const t = texts.admin.settings;

interface Props {
  field: SettingField;
  stored: SettingValue | undefined;
  /** Undefined where nothing was changed; null: back to the default. */
  draft: string | boolean | null | undefined;
  error: string | undefined;
  onChange: (next: string | boolean | null) => void;
}

/** One setting, by its type; a locked one says what locks it. */
export function SettingInput({ field, stored, draft, error, onChange }: Props) {
  const label = settingLabel(field.key);
  const value = draft === undefined ? shown(field, stored) : draft === null ? shown(field, field.defaultValue) : draft;
  const resettable = !field.locked && draft !== null && (draft !== undefined || field.source === "database");
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <Control field={field} label={label} value={value} draft={draft} error={error} onChange={onChange} />
        {field.locked && (
          <p className="mt-1.5 flex items-start gap-1.5 text-xs text-ink-soft">
            <Badge icon={<Lock size={10} aria-hidden />}>{t.lockedShort}</Badge>
            <span className="min-w-0 break-words">{t.locked(field.environment)}</span>
          </p>
        )}
      </div>
      {resettable && !field.secret && (
        <Button look="quiet" size="small" className="shrink-0" title={t.reset} aria-label={t.resetOf(label)} onClick={() => onChange(null)}>
          <RotateCcw size={13} aria-hidden />
        </Button>
      )}
    </div>
  );
}

type ControlProps = Omit<Props, "stored"> & { label: string; value: string | boolean };

function Control({ field, label, value, draft, error, onChange }: ControlProps): ReactNode {
  const hint = <Hint field={field} />;
  if (field.type === "flag") {
    return <Switch label={label} hint={hint} checked={value === true} disabled={field.locked} onChange={onChange} />;
  }
  const common = {
    label,
    hint,
    error,
    name: field.key,
    disabled: field.locked,
    value: String(value),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  if (field.secret) return <SecretInput {...common} field={field} removed={draft === null} onChoose={onChange} />;
  if (field.choices?.length) {
    return <SelectField {...common} options={field.choices.map((choice) => ({ value: choice, label: choice }))} className="max-w-60" />;
  }
  if (field.type === "list") return <TextAreaField {...common} rows={Math.min(8, Math.max(2, String(value).split("\n").length))} spellCheck={false} />;
  if (field.type === "number") return <TextField {...common} inputMode="numeric" autoComplete="off" className="max-w-60" />;
  return <TextField {...common} autoComplete="off" spellCheck={false} />;
}

type SecretProps = Omit<React.ComponentProps<typeof TextField>, "ref"> & { field: SettingField; removed: boolean; onChoose: (next: string | null) => void };

function SecretInput({ field, removed, onChoose, ...input }: SecretProps) {
  const placeholder = removed ? t.secretRemoved : field.set ? t.secretSet : t.secretUnset;
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <TextField {...input} type="password" autoComplete="new-password" placeholder={placeholder} disabled={field.locked || removed} />
      </div>
      {field.set && !field.locked && (
        <Button size="normal" className="mt-6.5" aria-label={`${removed ? t.undo : t.secretRemove}: ${input.label}`} onClick={() => onChoose(removed ? "" : null)}>
          {removed ? t.undo : t.secretRemove}
        </Button>
      )}
    </div>
  );
}

function Hint({ field }: { field: SettingField }) {
  const byDefault = field.defaultValue;
  const tellDefault = byDefault !== undefined && byDefault !== "" && !(Array.isArray(byDefault) && byDefault.length === 0);
  const written = typeof byDefault === "boolean" ? (byDefault ? t.on : t.off) : String(byDefault);
  return (
    <>
      {field.description}
      {field.type === "list" && ` ${t.listHint}`}
      {tellDefault && ` ${t.defaultIs(written)}`}
      {field.source === "file" && ` ${t.fromFile}`}
    </>
  );
}
