import { ChevronRight, CircleCheck, CircleX, Sparkles, UserRound } from "lucide-react";
import { memo, useMemo } from "react";
import { texts } from "@/texts";
import { cx } from "@/ui/cx";
import { Notice } from "@/ui/Notice";
import { clock } from "@/ui/time";
import { adviceFor } from "@/tasks/advice";
import { Markdown } from "./Markdown";
import type { Item, ItemOf, LogLine } from "./model";
import { useOpen } from "./opened";
import { PermissionCard } from "./PermissionCard";
import { visible } from "./safe";
import { ToolRow } from "./ToolRow";

const t = texts.transcript;

/** One item of the transcript. */
export const Row = memo(function Row({ item, taskId }: { item: Item; taskId: string }) {
  switch (item.type) {
    case "user":
      return <UserText text={item.text} />;
    case "message":
      return <Markdown source={item.text} />;
    case "thinking":
      return <Thinking item={item} />;
    case "tool":
      return <ToolRow item={item} />;
    case "permission":
      return <PermissionCard item={item} taskId={taskId} />;
    case "error":
      return (
        <Notice kind="error" title={visible(item.message)}>
          {adviceFor(item.code)}
        </Notice>
      );
    case "log":
      return <Logs lines={item.lines} />;
    case "end":
      return <End status={item.status} />;
  }
});

/** What the user said: the prompt, or a follow-up. */
export function UserText({ text }: { text: string }) {
  return (
    <div className="flex gap-2.5 rounded-xl bg-sunken px-3.5 py-3">
      <UserRound size={15} className="mt-0.5 shrink-0 text-ink-faint" aria-hidden />
      <div className="min-w-0">
        <span className="sr-only">{t.you}: </span>
        <p className="max-h-80 overflow-y-auto whitespace-pre-wrap" dir="auto">
          {visible(text)}
        </p>
      </div>
    </div>
  );
}

function Thinking({ item }: { item: ItemOf<"thinking"> }) {
  const [open, setOpen] = useOpen(item.key);
  const text = visible(item.text);
  return (
    <div className="text-sm text-ink-soft">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-7 w-full items-center gap-2 rounded-lg px-2 text-left hover:bg-hover pointer-coarse:min-h-9"
      >
        <ChevronRight size={13} aria-hidden className={cx("shrink-0 text-ink-faint transition-transform", open && "rotate-90")} />
        <Sparkles size={14} aria-hidden className="shrink-0 text-ink-faint" />
        <span className="shrink-0 font-medium">{t.thinking}</span>
        {!open && <span className="min-w-0 flex-1 truncate text-ink-faint italic">{text.trim().split("\n", 1)[0]}</span>}
      </button>
      {open && <p className="ml-8 border-l-2 border-line py-1 pl-3 whitespace-pre-wrap italic">{text}</p>}
    </div>
  );
}

const INK: Record<LogLine["type"], string> = {
  info: "text-ink-faint",
  command: "text-ink-faint font-mono",
  success: "text-good",
  warning: "text-busy",
  error: "text-bad",
};
const FEW = 4;

function Logs({ lines }: { lines: readonly LogLine[] }) {
  const [open, setOpen] = useOpen(lines[0]!.seq);
  const all = useMemo(() => withoutSteps(lines), [lines]);
  const shown = open || all.length <= FEW + 1 ? all : all.slice(-FEW);
  return (
    <div className="px-2 text-xs leading-relaxed">
      {shown.length < all.length && (
        <button type="button" onClick={() => setOpen(true)} className="rounded text-ink-soft underline underline-offset-2 hover:text-ink">
          {t.showMore(all.length - shown.length)}
        </button>
      )}
      {shown.map((line) => (
        <p key={line.seq} className={cx("break-words whitespace-pre-wrap", INK[line.type])} title={clock(line.at)}>
          {visible(line.text)}
        </p>
      ))}
    </div>
  );
}

/** Of lines that only count on (`Receiving objects: 60%`) the last is enough. */
function withoutSteps(lines: readonly LogLine[]): readonly LogLine[] {
  const kind = (line: LogLine | undefined) => (line && /\d%/.test(line.text) ? line.text.replace(/[\d.,]+/g, "") : undefined);
  const same = (one: LogLine, next: LogLine | undefined) =>
    kind(one) !== undefined && kind(one)?.replace(/\s+/g, "") === kind(next)?.replace(/\s+/g, "");
  return lines.filter((line, index) => !same(line, lines[index + 1]));
}

function End({ status }: { status: "completed" | "failed" }) {
  const good = status === "completed";
  return (
    <div className={cx("flex items-center gap-3 text-xs font-medium", good ? "text-good" : "text-bad")}>
      <span className="h-px flex-1 bg-line" />
      {good ? <CircleCheck size={14} aria-hidden /> : <CircleX size={14} aria-hidden />}
      {good ? t.completed : t.failed}
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}

