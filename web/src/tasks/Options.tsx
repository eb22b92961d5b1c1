import { useQuery } from "@tanstack/react-query";
import type { NewTask } from "@/api/types";
import { texts } from "@/texts";
import { SelectField, TextField } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { AGENTS, credentialsQuery } from "./agents";
import { McpChoice } from "./McpChoice";
import type { Choices } from "./newTask";

const t = texts.tasks;
const choicesOf = <T extends string>(names: Record<T, string>) =>
  (Object.keys(names) as T[]).map((value) => ({ value, label: names[value] }));

interface Props {
  choices: Choices;
  set: (some: Partial<Choices>) => void;
  errorOf: (field: keyof NewTask) => string | undefined;
}

/** Who does it, what it may, and what comes of it. */
export function Options({ choices, set, errorOf }: Props) {
  const credentials = useQuery(credentialsQuery).data;
  const agents = AGENTS.map(({ id, name }) => {
    const missing = id !== "demo" && credentials?.some((each) => each.agent === id && !each.configured);
    return { value: id, label: missing ? `${name} (${t.agentMissing})` : name };
  });
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <SelectField
        label={t.agent}
        options={[{ value: "", label: t.agentDefault }, ...agents]}
        value={choices.agent}
        error={errorOf("agent")}
        onChange={(event) => set({ agent: event.target.value })}
      />
      <TextField
        label={t.model}
        optional
        placeholder={t.modelPlaceholder}
        value={choices.model}
        error={errorOf("model")}
        spellCheck={false}
        onChange={(event) => set({ model: event.target.value })}
      />
      <SelectField
        label={t.permissions}
        options={choicesOf(t.permissionModes)}
        value={choices.permissionMode}
        onChange={(event) => set({ permissionMode: event.target.value as Choices["permissionMode"] })}
      />
      <SelectField
        label={t.pullRequest}
        options={choicesOf(t.pullRequests)}
        value={choices.pullRequest}
        error={errorOf("pullRequest")}
        onChange={(event) => set({ pullRequest: event.target.value as Choices["pullRequest"] })}
      />
      {choices.agent !== "demo" && (
        <McpChoice chosen={choices.mcpServers} onChange={(mcpServers) => set({ mcpServers })} error={errorOf("mcpServers")} />
      )}
      <div className="sm:col-span-2">
        <Switch label={t.keepAlive} hint={t.keepAliveHint} checked={choices.keepAlive} onChange={(keepAlive) => set({ keepAlive })} />
      </div>
    </div>
  );
}
