import { useRef } from "react";
import type { Task } from "@/api/types";
import { useShortcut } from "@/app/shortcuts";
import { useUserId } from "@/auth/useUser";
import { isOver } from "@/tasks/standing";
import { texts } from "@/texts";
import { Button } from "@/ui/Button";
import { Kbd } from "@/ui/Kbd";
import { Notice } from "@/ui/Notice";
import { Spinner } from "@/ui/Spinner";
import { LEAVE } from "./screen";
import { useTerminal, type Shown } from "./useTerminal";

const t = texts.terminal;

/** A task's terminal: what it shows, and a shell of one's own while the task runs. */
export function TerminalView({ task }: { task: Task }) {
  const element = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { shown, write, stop, focus } = useTerminal({
    taskId: task.id,
    attempt: task.attempt,
    owner: useUserId(),
    element,
    leave: () => button.current?.focus(),
  });
  useShortcut(LEAVE, t.key, focus);
  const over = isOver(task);
  const can = !over && task.status === "processing" && task.phase !== "preparing" && task.phase !== "cloning";
  const warning = shown.refusal ?? (shown.flow === "full" ? t.full : shown.flow === "dropped" ? t.dropped : undefined);
  return (
    <>
      {shown.stream === "reconnecting" && (
        <p role="status" className="flex items-center gap-2 border-b border-line bg-busy-soft px-6 py-1.5 text-xs text-busy">
          <Spinner size={12} /> {t.reconnecting}
        </p>
      )}
      {warning && (
        <div className="px-2 pt-2 sm:px-4">
          <Notice kind="warning">{warning}</Notice>
        </div>
      )}
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-xs text-ink-soft sm:px-6">
        <p role="status" className="min-w-0 flex-1">
          {over ? t.over : sentence(shown, can)}
          {shown.writes && (
            <span className="ml-2 inline-flex items-center gap-1 text-ink-faint max-sm:hidden">
              <Kbd keys={LEAVE} /> {t.leave}
            </span>
          )}
        </p>
        {shown.writes ? (
          <Button ref={button} size="small" onClick={stop}>
            {t.stop}
          </Button>
        ) : (
          can && (
            <Button ref={button} size="small" look="primary" onClick={() => void write()}>
              {shown.state?.shell ? t.write : t.open}
            </Button>
          )
        )}
      </div>
      <div role="region" aria-label={t.label} className="min-h-0 flex-1 overflow-auto border-t border-line px-2 py-2 sm:px-4">
        <div ref={element} className="h-full" />
      </div>
    </>
  );
}

function sentence(shown: Shown, can: boolean): string {
  if (shown.writes) return shown.flow === "clear" || shown.flow === "dropped" ? t.writing : t.keysWait;
  if (!can) return t.waiting;
  return shown.state?.shell ? t.reading : t.agent;
}
