import { useQuery } from "@tanstack/react-query";
import { Check, Download } from "lucide-react";
import type { ReactNode } from "react";
import type { SystemState } from "@/api/types";
import { texts } from "@/texts";
import { Ago } from "@/ui/Ago";
import { Badge } from "@/ui/Badge";
import { Loaded } from "@/ui/Loaded";
import { Notice } from "@/ui/Notice";
import { Page, Section } from "@/ui/Page";
import { Row, Rows } from "@/ui/Rows";
import { fullness } from "./fullness";
import { systemQuery } from "./queries";

const t = texts.admin.system;

export function SystemPage() {
  const system = useQuery(systemQuery);
  return (
    <Page title={t.title} description={t.about}>
      <Loaded query={system}>{(state) => <State state={state} />}</Loaded>
    </Page>
  );
}

function State({ state }: { state: SystemState }) {
  return (
    <>
      {state.sandbox.isolation !== "full" && (
        <Notice kind="warning" title={t.isolationWarning}>
          {t.isolationWarningText}
        </Notice>
      )}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Tile name={t.running} value={state.tasks.processing} />
        <Tile name={t.waiting} value={state.tasks.pending} />
        <Gauge name={t.disk} space={state.disk} />
        <Gauge name={t.memory} space={state.memory} />
      </div>
      <Section title={t.server}>
        <Facts
          facts={[
            [t.version, state.version],
            [t.since, <Ago key="since" iso={state.startedAt} />],
            [t.database, state.database],
            [t.isolation, `${t.isolations[state.sandbox.isolation]}: ${state.sandbox.description}`],
            [t.java, state.java],
            [t.os, state.os],
            [t.node, state.node],
          ]}
        />
      </Section>
      <section className="grid gap-3">
        <h2 className="text-base font-semibold">{t.agents}</h2>
        <Rows label={t.agents}>
          {state.agents.map((agent) => (
            <Row
              key={agent.id}
              title={agent.id}
              badges={
                agent.installed ? (
                  <Badge look="good" icon={<Check size={11} aria-hidden />}>
                    {t.installed}
                  </Badge>
                ) : (
                  <Badge icon={<Download size={11} aria-hidden />}>{t.onFirstUse}</Badge>
                )
              }
            >
              {agent.version ? `${t.version} ${agent.version}` : t.builtIn}
            </Row>
          ))}
        </Rows>
      </section>
    </>
  );
}

function Tile({ name, value, children }: { name: string; value: ReactNode; children?: ReactNode }) {
  return (
    <div className="grid content-start gap-1 rounded-xl border border-line px-4 py-3">
      <p className="text-xs text-ink-soft">{name}</p>
      <p className="text-xl font-semibold tabular-nums">{value}</p>
      {children}
    </div>
  );
}

function Gauge({ name, space }: { name: string; space: { total: number; free: number } }) {
  const { percent, low, text } = fullness(space);
  return (
    <Tile name={name} value={`${percent} %`}>
      <progress aria-label={name} max={100} value={percent} className={low ? "gauge text-bad" : "gauge text-accent"} />
      <p className="text-xs text-ink-faint">{text}</p>
    </Tile>
  );
}

function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2.5 text-sm sm:grid-cols-[9rem_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="grid sm:col-span-2 sm:grid-cols-subgrid">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
