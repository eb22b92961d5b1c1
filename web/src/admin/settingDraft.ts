import type { SettingField, SettingValue } from "@/api/types";

/** What an admin has changed and not saved, as the form has it: text for numbers and lists. Null: back to the default. */
export type Draft = Readonly<Record<string, string | boolean | null>>;

/** A value as the form shows it. */
export function shown(field: SettingField, value: SettingValue | null | undefined): string | boolean {
  if (field.type === "flag") return value === true;
  if (Array.isArray(value)) return value.join("\n");
  return value === undefined || value === null ? "" : String(value);
}

/** The draft with one change; a change back to what is stored is none. */
export function changed(draft: Draft, field: SettingField, stored: SettingValue | undefined, next: string | boolean | null): Draft {
  const { [field.key]: _, ...others } = draft;
  const same = field.secret ? next === "" : next !== null && next === shown(field, stored);
  return same ? others : { ...others, [field.key]: next };
}

/** What the API gets. A number that is none is sent as its text, so that the server says what it expects. */
export function patch(draft: Draft, fields: readonly SettingField[]): Record<string, SettingValue | null> {
  const body: Record<string, SettingValue | null> = {};
  for (const field of fields) {
    const value = draft[field.key];
    if (value !== undefined) body[field.key] = typeof value === "string" ? parsed(field, value) : value;
  }
  return body;
}

function parsed(field: SettingField, text: string): SettingValue | null {
  switch (field.type) {
    case "number":
      return text.trim() === "" ? null : /^-?\d+$/.test(text.trim()) ? Number(text) : text;
    case "list":
      return text
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== "");
    case "text":
    case "flag":
      return field.secret ? text : text.trim();
  }
}
