import { useQuery } from "@tanstack/react-query";
import { ArrowUp, X } from "lucide-react";
import { useLayoutEffect } from "react";
import type { KeyboardEvent, RefObject } from "react";
import type { Task } from "@/api/types";
import { texts } from "@/texts";
import { visible } from "@/transcript/safe";
import { IconButton } from "@/ui/Button";
import { useDraft } from "./drafts";
import { queuedQuery, useFollowUp, useUnqueue } from "./queries";
import { isOver } from "./standing";

const t = texts.tasks;

/** The box for what the agent should do next. While it works, what is sent waits in the queue above. */
export function Composer({ task, ref }: { task: Task; ref: RefObject<HTMLTextAreaElement | null> }) {
  const [text, setText] = useDraft(`follow-up:${task.id}`);
  const send = useFollowUp(task.id);
  useLayoutEffect(() => {
    const area = ref.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 260)}px`;
  }, [text, ref]);
  const submit = () => {
    if (text.trim() === "" || send.isPending) return;
    send.mutate(text, { onSuccess: () => setText("") });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") {
      ref.current?.blur();
    }
  };
  return (
    <div className="shrink-0 px-4 pb-4 sm:px-6">
      <div className="mx-auto max-w-3xl">
        <Queue taskId={task.id} />
        <div className="flex items-end gap-2 rounded-xl border border-line-strong/60 bg-raised p-2 focus-within:border-accent">
          <textarea
            ref={ref}
            rows={1}
            value={text}
            maxLength={65_536}
            aria-label={t.followUp}
            placeholder={isOver(task) ? t.followUpPlaceholder : t.followUpBusy}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            className="min-h-7 flex-1 resize-none bg-transparent px-1.5 py-1 text-sm outline-none pointer-coarse:text-lg"
          />
          <IconButton
            label={t.send}
            icon={<ArrowUp size={16} />}
            look="primary"
            busy={send.isPending}
            disabled={text.trim() === ""}
            onClick={submit}
          />
        </div>
      </div>
    </div>
  );
}

function Queue({ taskId }: { taskId: string }) {
  const queued = useQuery(queuedQuery(taskId));
  const unqueue = useUnqueue(taskId);
  if (!queued.data || queued.data.length === 0) return null;
  return (
    <section aria-label={t.queued} className="mb-2 rounded-xl border border-line bg-sunken px-3 py-2">
      <p className="text-xs text-ink-faint">{t.queued}</p>
      <ul>
        {queued.data.map((message) => (
          <li key={message.id} className="flex items-center gap-2 text-sm">
            <span className="min-w-0 flex-1 truncate">{visible(message.prompt)}</span>
            <IconButton label={t.unqueue} icon={<X size={14} />} onClick={() => unqueue.mutate(message.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
