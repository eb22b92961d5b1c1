import { useQuery } from "@tanstack/react-query";
import { Bot } from "lucide-react";
import { useState } from "react";
import type { AgentCredential } from "@/api/types";
import { texts } from "@/texts";
import { Ago } from "@/ui/Ago";
import { CopyText } from "@/ui/CopyText";
import { Loaded } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { Rows } from "@/ui/Rows";
import { TextLink } from "@/ui/TextLink";
import { type AgentHelp, AGENT_HELP, agentNames } from "./agentHelp";
import { agentsQuery, useRemove, useStore } from "./credentials";
import { SecretDialog } from "./SecretDialog";
import { SecretRow } from "./SecretRow";

const t = texts.settings.agents;

export function AgentsPage() {
  const agents = useQuery(agentsQuery);
  return (
    <Page title={t.title} description={t.about}>
      <Loaded query={agents}>
        {(list) => (
          <Rows label={t.title}>
            {list
              .filter((agent) => agent.agent in AGENT_HELP)
              .map((agent) => (
                <AgentRow key={agent.agent} credential={agent} help={AGENT_HELP[agent.agent]!} />
              ))}
          </Rows>
        )}
      </Loaded>
    </Page>
  );
}

function AgentRow({ credential: { agent, configured, updatedAt }, help }: { credential: AgentCredential; help: AgentHelp }) {
  const names = agentNames(agent);
  const { queryKey } = agentsQuery;
  const store = useStore("api/agent-credentials", queryKey, names.name);
  const remove = useRemove<AgentCredential>(`api/agent-credentials/${agent}`, queryKey, (each) => each.agent === agent);
  const [open, setOpen] = useState(false);
  const change = (next: boolean) => {
    store.reset();
    setOpen(next);
  };
  const save = (secret: string) => {
    store.mutate({ agent, credentials: { [help.field]: secret } }, { onSuccess: () => change(false) });
  };
  const since = updatedAt ? (
    <span>
      {texts.settings.secret.updated} <Ago iso={updatedAt} />
    </span>
  ) : (
    configured && <span>{texts.settings.secret.byServer}</span>
  );
  return (
    <>
      <SecretRow
        icon={<Bot size={18} />}
        name={names.name}
        about={
          <>
            <span>{names.about}</span>
            {since}
          </>
        }
        configured={configured}
        setLabel={texts.settings.secret.set}
        removeText={t.removeText}
        removing={remove.isPending}
        onSet={() => change(true)}
        onRemove={(done) => remove.mutate(undefined, { onSettled: done })}
      />
      <SecretDialog
        open={open}
        onOpenChange={change}
        title={t.connect(names.name)}
        label={names.field}
        field={`credentials.${help.field}`}
        long={help.file}
        error={store.error}
        busy={store.isPending}
        onSave={save}
      >
        <Steps help={help} />
      </SecretDialog>
    </>
  );
}

function Steps({ help }: { help: AgentHelp }) {
  return (
    <ol className="grid min-w-0 list-decimal gap-3 pl-5 text-sm marker:text-ink-faint">
      {help.login && (
        <li className="min-w-0 pl-1">
          <p className="mb-1.5">{t.run}</p>
          <CopyText text={help.login} label={t.run} />
        </li>
      )}
      {help.show && (
        <li className="min-w-0 pl-1">
          <p className="mb-1.5">{t.read}</p>
          <CopyText text={help.show} label={t.read} />
        </li>
      )}
      {help.site && (
        <li className="pl-1">
          {help.site.text} <TextLink href={help.site.address}>{new URL(help.site.address).host}</TextLink>
        </li>
      )}
      <li className="pl-1">
        {help.file ? t.paste : t.pasteToken}
        {help.file && <p className="mt-1.5 text-ink-soft">{t.renewed}</p>}
      </li>
    </ol>
  );
}
