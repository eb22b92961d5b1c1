import { useMemo, useRef } from "react";
import type { Task } from "@/api/types";
import { useShortcut } from "@/app/shortcuts";
import { texts } from "@/texts";
import type { Item } from "@/transcript/model";
import { UserText } from "@/transcript/rows";
import type { View } from "@/transcript/store";
import { TranscriptView } from "@/transcript/TranscriptView";
import { Spinner } from "@/ui/Spinner";
import { Composer } from "./Composer";
import { useAnswer } from "./queries";
import { isOver } from "./standing";

const t = texts.transcript;

export function TranscriptTab({ task, view }: { task: Task; view: View }) {
  const { transcript, stream } = view;
  const composer = useRef<HTMLTextAreaElement>(null);
  const question = useMemo(() => open(transcript.items, transcript.permissions), [transcript]);
  const answer = useAnswer(task.id);
  const decide = (decision: "allow" | "deny") => question && answer.mutate({ requestId: question, decision });
  useShortcut("a", t.permission.keys.allow, () => decide("allow"), question !== undefined);
  useShortcut("d", t.permission.keys.deny, () => decide("deny"), question !== undefined);
  useShortcut("r", texts.tasks.keys.reply, () => composer.current?.focus());
  return (
    <>
      {stream === "reconnecting" && (
        <p role="status" className="flex items-center gap-2 border-b border-line bg-busy-soft px-6 py-1.5 text-xs text-busy">
          <Spinner size={12} /> {t.reconnecting}
        </p>
      )}
      <TranscriptView
        taskId={task.id}
        items={transcript.items}
        head={<UserText text={task.prompt ?? task.title} />}
        foot={<Foot task={task} view={view} />}
      />
      <Composer task={task} ref={composer} />
    </>
  );
}

/** The oldest question that nobody has answered. */
function open(items: readonly Item[], permissions: ReadonlyMap<string, number>): string | undefined {
  const first = Math.min(...permissions.values());
  const item = items[first];
  return item?.type === "permission" ? item.request.requestId : undefined;
}

function Foot({ task, view }: { task: Task; view: View }) {
  if (isOver(task)) return null;
  const asks = view.transcript.permissions.size > 0;
  const text = task.status === "pending" ? t.queued : asks ? undefined : t.waiting;
  if (!text) return null;
  return (
    <p className="flex items-center gap-2 px-2 text-xs text-ink-faint">
      <Spinner size={12} /> {text}
    </p>
  );
}
