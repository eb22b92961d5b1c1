import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { request } from "@/api/http";
import type { TaskList } from "@/api/types";
import { agentsQuery, githubQuery, providersQuery } from "@/settings/credentials";
import { texts } from "@/texts";
import { buttonClass } from "@/ui/Button";
import { Page } from "@/ui/Page";
import { Spinner } from "@/ui/Spinner";
import { Demo } from "./Demo";
import { StepCard } from "./StepCard";
import { keepSkipped, skippedSteps, steps } from "./steps";

const t = texts.welcome;
// Not below "tasks": what is there are pages, which the stream of changes keeps true.
const anyTaskQuery = { queryKey: ["any-task"], queryFn: () => request<TaskList>("api/tasks?limit=1") };

/** What is left to do before agents work for somebody who has just come. */
export function WelcomePage() {
  const agents = useQuery(agentsQuery);
  const providers = useQuery(providersQuery);
  const github = useQuery(githubQuery);
  const tasks = useQuery(anyTaskQuery);
  const [skipped, setSkipped] = useState(skippedSteps);
  const asking = [agents, providers, github, tasks].some((query) => query.isPending);
  const has = (list?: { configured: boolean }[]) => list?.some((each) => each.configured) ?? false;
  const known = {
    agent: has(agents.data) || has(providers.data),
    github: github.data?.configured ?? false,
    task: (tasks.data?.total ?? 0) > 0,
  };
  const all = steps(known, skipped);
  const toggle = (name: string) => {
    const next = skipped.includes(name) ? skipped.filter((each) => each !== name) : [...skipped, name];
    setSkipped(next);
    keepSkipped(next);
  };
  const current = all.find((step) => step.state === "open")?.name;
  const finish = (
    <Link to="/" className={buttonClass("plain")}>
      {t.finish}
    </Link>
  );
  return (
    <Page title={t.title} description={t.about} actions={finish}>
      {asking ? (
        <div className="grid h-28 place-items-center text-ink-faint">
          <Spinner label size={18} />
        </div>
      ) : (
        <section className="grid gap-3" aria-label={t.title}>
          <p className="text-sm text-ink-soft">
            {t.progress(all.filter((step) => step.state === "done").length, all.length)}
          </p>
          <ol className="divide-y divide-line rounded-xl border border-line">
            {all.map((step, index) => (
              <StepCard key={step.name} step={step} number={index + 1} current={step.name === current} onSkip={() => toggle(step.name)} />
            ))}
          </ol>
        </section>
      )}
      <Demo />
    </Page>
  );
}
