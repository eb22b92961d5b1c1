import { Link } from "@tanstack/react-router";
import { FolderGit2 } from "lucide-react";
import { lazy, Suspense } from "react";
import type { Task } from "@/api/types";
import { texts } from "@/texts";
import { visible } from "@/transcript/safe";
import { Ago } from "@/ui/Ago";
import { Button } from "@/ui/Button";
import { Spinner } from "@/ui/Spinner";
import { standing } from "./standing";
import { StatusIcon } from "./StatusIcon";

const Questions = lazy(() => import("./Questions").then((module) => ({ default: module.Questions })));
const t = texts.tasks;

/** A task on one line; where it asks, the question can be answered here. */
export function TaskRow({ task, answering, onAnswer }: { task: Task; answering: boolean; onAnswer: (open: boolean) => void }) {
  const now = standing(task);
  const remark = now === "running" && task.phase ? t.phase[task.phase] : now === "failed" ? task.error?.message : undefined;
  return (
    <li className="border-line not-first:border-t">
      <div className="relative flex min-h-11 items-center gap-3 px-3.5 py-2 hover:bg-hover has-[a:focus-visible]:bg-hover">
        <StatusIcon standing={now} progress={task.progress} />
        <div className="flex min-w-0 flex-1 items-baseline gap-x-3 max-md:flex-col">
          <Link
            to="/tasks/$taskId"
            params={{ taskId: task.id }}
            data-row
            className="min-w-0 truncate font-medium after:absolute after:inset-0 max-md:w-full"
            dir="auto"
          >
            {visible(task.title)}
          </Link>
          {remark && <span className="min-w-0 shrink-[99] truncate text-xs text-ink-faint max-md:w-full">{visible(remark)}</span>}
          <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-faint md:hidden">
            <span className="truncate">{visible(task.repository)}</span> · {task.agent} · <Ago iso={task.createdAt} />
          </span>
        </div>
        {now === "asking" && (
          <Button size="small" look={answering ? "plain" : "primary"} aria-expanded={answering} className="relative" onClick={() => onAnswer(!answering)}>
            {answering ? t.hideAnswer : t.answer}
          </Button>
        )}
        <span className="flex w-40 shrink-0 items-center gap-1.5 truncate text-xs text-ink-soft max-md:hidden">
          <FolderGit2 size={13} className="shrink-0 text-ink-faint" aria-hidden />
          <span className="truncate">{visible(task.repository)}</span>
        </span>
        <span className="w-24 shrink-0 truncate text-xs text-ink-soft max-md:hidden">{task.agent}</span>
        <span className="w-20 shrink-0 text-right text-xs text-ink-faint tabular-nums max-md:hidden">
          <Ago iso={task.createdAt} />
        </span>
      </div>
      {answering && now === "asking" && (
        <div className="px-3.5 pb-3">
          <Suspense fallback={<Spinner label />}>
            <Questions taskId={task.id} />
          </Suspense>
        </div>
      )}
    </li>
  );
}
