import { useQuery } from "@tanstack/react-query";
import { mcpServersQuery } from "@/settings/mcpServers";
import { texts } from "@/texts";
import { Checkbox } from "@/ui/Checkbox";

const t = texts.tasks;

interface Props {
  /** Undefined as long as nothing was chosen: then those that are enabled are used. */
  chosen: readonly string[] | undefined;
  onChange: (names: string[]) => void;
  error: string | undefined;
}

/** Which of the user's MCP servers the agent gets; nothing where there are none. */
export function McpChoice({ chosen, onChange, error }: Props) {
  const servers = useQuery(mcpServersQuery).data ?? [];
  if (servers.length === 0) return null;
  const on = new Set(chosen ?? servers.filter((server) => server.enabled).map((server) => server.name));
  const toggle = (name: string) => {
    if (!on.delete(name)) on.add(name);
    onChange(servers.map((server) => server.name).filter((each) => on.has(each)));
  };
  return (
    <fieldset className="grid gap-2 sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{t.mcpServers}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {servers.map(({ name }) => (
          <Checkbox key={name} label={name} checked={on.has(name)} onChange={() => toggle(name)} />
        ))}
      </div>
      {error && (
        <p role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
