import { Bot, Clock, Coins, FolderGit2, GitBranch, RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import type { Phase, Task } from "@/api/types";
import { texts } from "@/texts";
import { visible } from "@/transcript/safe";
import { duration, useNow } from "@/ui/time";
import { isOver } from "./standing";

const t = texts.tasks;
const NUMBER = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const MONEY = new Intl.NumberFormat(undefined, { style: "currency", currency: "USD", maximumFractionDigits: 2 });

function Fact({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5" title={name}>
      <span className="shrink-0 text-ink-faint" aria-hidden>
        {icon}
      </span>
      <span className="sr-only">{name}: </span>
      <span className="truncate">{children}</span>
    </span>
  );
}

/** The small print of a task: phase, time, place, agent, cost. */
export function Facts({ task, phase, progress }: { task: Task; phase: Phase | undefined; progress: number }) {
  const usage = task.usage;
  return (
    <>
      {phase && phase !== "awaiting_permission" && phase !== "awaiting_quota" && (
        <span className="inline-flex items-center gap-2">
          {t.phase[phase]}
          <progress
            value={progress}
            max={100}
            aria-label={t.progress}
            className="h-1 w-20 appearance-none overflow-hidden rounded-full [&::-moz-progress-bar]:bg-busy [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-busy [&::-webkit-progress-value]:transition-all"
          />
        </span>
      )}
      <Elapsed task={task} />
      <Fact icon={<FolderGit2 size={13} />} name={t.repository}>
        {visible(task.repository)}
      </Fact>
      <Fact icon={<GitBranch size={13} />} name={t.branch}>
        {visible(task.baseBranch ? `${task.baseBranch} → ${task.branch}` : task.branch)}
      </Fact>
      <Fact icon={<Bot size={13} />} name={t.agent}>
        {task.model ? `${task.agent} · ${visible(task.model)}` : task.agent}
      </Fact>
      {usage && (usage.inputTokens !== undefined || usage.outputTokens !== undefined) && (
        <Fact icon={<Coins size={13} />} name={t.usage.label}>
          {t.usage.tokens(NUMBER.format(usage.inputTokens ?? 0), NUMBER.format(usage.outputTokens ?? 0))}
          {usage.costUsd !== undefined && ` · ${MONEY.format(usage.costUsd)}`}
        </Fact>
      )}
      {task.attempt > 1 && (
        <Fact icon={<RefreshCw size={13} />} name={t.retry}>
          {t.attempt(task.attempt)}
        </Fact>
      )}
    </>
  );
}

function Elapsed({ task }: { task: Task }) {
  const now = useNow(1000, task.startedAt !== undefined && !isOver(task));
  if (task.startedAt === undefined) return null;
  const end = task.completedAt === undefined ? now : Date.parse(task.completedAt);
  return (
    <Fact icon={<Clock size={13} />} name={t.elapsed}>
      <span className="tabular-nums">{duration(Math.max(0, end - Date.parse(task.startedAt)))}</span>
    </Fact>
  );
}
