import { useNavigate } from "@tanstack/react-router";
import { Ellipsis, ExternalLink, RotateCcw, Square } from "lucide-react";
import { lazy, useState } from "react";
import type { Task } from "@/api/types";
import { texts } from "@/texts";
import { safeLink, visible } from "@/transcript/safe";
import type { View } from "@/transcript/store";
import { Button, buttonClass } from "@/ui/Button";
import { Confirm } from "@/ui/Dialog";
import { Menu } from "@/ui/Menu";
import { useTitle } from "@/ui/Page";
import { Facts } from "./Facts";
import { useCancel, useDelete, useRetry } from "./queries";
import { isOver, standing } from "./standing";
import { StatusIcon } from "./StatusIcon";
import { useTabIcon } from "./tabIcon";

const TaskItems = lazy(() => import("./TaskItems").then((module) => ({ default: module.TaskItems })));
const t = texts.tasks;

/** A task's title, how it stands, and what can be done with it. */
export function TaskHeader({ task, view }: { task: Task; view: View }) {
  const { transcript } = view;
  // The stream is ahead of the list's changes; before its first event the task itself says it.
  const live = isOver(task) || transcript.lastSeq < 0 ? task : { ...task, status: transcript.status, phase: transcript.phase };
  const now = standing(isOver(live) ? { ...live, error: task.error } : live);
  useTitle(task.title);
  useTabIcon(now);
  const pullRequest = safeLink(task.pullRequestUrl);
  return (
    <header className="grid gap-1.5 px-4 pt-3.5 pb-2 sm:px-6">
      <div className="flex items-start gap-3">
        <h1 className="line-clamp-2 min-w-0 flex-1 pt-1 text-lg leading-snug font-semibold" dir="auto">
          {visible(task.title)}
        </h1>
        <div className="flex shrink-0 items-center gap-1.5">
          {pullRequest && (
            <a href={pullRequest} target="_blank" rel="noopener noreferrer" className={buttonClass("plain")}>
              <ExternalLink size={14} aria-hidden />
              {t.pullRequestLink}
            </a>
          )}
          <Actions task={task} />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-soft">
        <StatusIcon standing={now} progress={isOver(live) ? 100 : transcript.progress} size={15} label />
        <Facts task={task} phase={isOver(live) ? undefined : live.phase} progress={transcript.progress} />
      </div>
    </header>
  );
}

function Actions({ task }: { task: Task }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<"cancel" | "delete" | null>(null);
  const cancel = useCancel(task.id);
  const retry = useRetry(task.id);
  const remove = useDelete(task.id);
  const close = () => setAsking(null);
  return (
    <>
      {!isOver(task) && (
        <Button onClick={() => setAsking("cancel")} busy={cancel.isPending}>
          <Square size={12} fill="currentColor" aria-hidden />
          {texts.common.cancel}
        </Button>
      )}
      {task.status === "failed" && (
        <Button onClick={() => retry.mutate()} busy={retry.isPending}>
          <RotateCcw size={14} aria-hidden />
          {t.retry}
        </Button>
      )}
      <Menu
        items={<TaskItems task={task} onDelete={() => setAsking("delete")} />}
        aria-label={t.actions}
        title={t.actions}
        className="size-8! px-0! pointer-coarse:size-10!"
      >
        <Ellipsis size={16} aria-hidden />
      </Menu>
      <Confirm
        open={asking === "cancel"}
        onOpenChange={close}
        title={t.cancelTitle}
        text={t.cancelText}
        dismiss={t.keepRunning}
        action={t.cancel}
        danger
        onConfirm={() => {
          close();
          cancel.mutate();
        }}
      />
      <Confirm
        open={asking === "delete"}
        onOpenChange={close}
        title={t.deleteTitle}
        text={t.deleteText}
        action={t.delete}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => void navigate({ to: "/" }) })}
      />
    </>
  );
}
