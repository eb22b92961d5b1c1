import { useState } from "react";
import type { SettingField, SettingsAnswer } from "@/api/types";
import { fieldErrors } from "@/app/fieldErrors";
import { texts } from "@/texts";
import { Notice } from "@/ui/Notice";
import { Section } from "@/ui/Page";
import { SaveBar } from "./SaveBar";
import { changed, type Draft, patch } from "./settingDraft";
import { settingGroups, settingLabel, type SettingPage } from "./settingGroups";
import { SettingInput } from "./SettingInput";
import { useSaveSettings } from "./settings";

const t = texts.admin.settings;

/** The settings of a page; saved together, or none of them. */
export function SettingsForm({ page, fields, answer }: { page: SettingPage; fields: readonly SettingField[]; answer: SettingsAnswer }) {
  const [draft, setDraft] = useState<Draft>({});
  const save = useSaveSettings();
  const count = Object.keys(draft).length;
  const labels = Object.fromEntries(fields.map((field) => [field.key, settingLabel(field.key)]));
  const errors = fieldErrors(save.error, labels);
  const submit = () => save.mutate(patch(draft, fields), { onSuccess: () => setDraft({}) });
  return (
    <form
      className="grid gap-6"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (count > 0) submit();
      }}
    >
      {errors.rest && (
        <Notice kind="error" title={t.refused}>
          {errors.rest}
        </Notice>
      )}
      {settingGroups(page, fields).map((group) => (
        <Section key={group.name} title={t.groups[group.name]} description={(t.groupsAbout as Record<string, string>)[group.name]}>
          <div className="grid gap-5">
            {group.fields.map((field) => (
              <SettingInput
                key={field.key}
                field={field}
                stored={answer.settings[field.key]}
                draft={draft[field.key]}
                error={errors.of[field.key]}
                onChange={(next) => setDraft((before) => changed(before, field, answer.settings[field.key], next))}
              />
            ))}
          </div>
        </Section>
      ))}
      {count > 0 && (
        <SaveBar
          count={count}
          busy={save.isPending}
          onDiscard={() => {
            save.reset();
            setDraft({});
          }}
        />
      )}
    </form>
  );
}
