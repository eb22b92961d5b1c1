import { ChevronRight, CircleX, FilePen, FileText, Globe, ListTodo, Search, SquareTerminal, Wrench } from "lucide-react";
import type { ToolCall } from "@/api/types";
import { texts } from "@/texts";
import { cx } from "@/ui/cx";
import { Spinner } from "@/ui/Spinner";
import { duration } from "@/ui/time";
import { Lines } from "./Lines";
import type { ItemOf } from "./model";
import { safeLink, visible } from "./safe";
import { TerminalText } from "./TerminalText";
import { command, edits, json, patch, path, summary } from "./toolText";
import { useOpen } from "./opened";

const t = texts.transcript;

function Icon({ call }: { call: ToolCall }) {
  const name = call.name.toLowerCase();
  const props = { size: 14, "aria-hidden": true };
  if (command(call.input) !== undefined) return <SquareTerminal {...props} />;
  if (/todo|plan|task/.test(name)) return <ListTodo {...props} />;
  if (/search|grep|glob|find/.test(name)) return <Search {...props} />;
  if (/web|fetch|http/.test(name)) return <Globe {...props} />;
  if (edits(call.input).length > 0 || patch(call.input) !== undefined) return <FilePen {...props} />;
  if (path(call.input) !== undefined) return <FileText {...props} />;
  return <Wrench {...props} />;
}

function State({ item }: { item: ItemOf<"tool"> }) {
  const { call, result } = item;
  const code = result?.exitCode;
  if (call.state === "running" || call.state === "pending") {
    return (
      <span className="flex items-center gap-1.5 text-busy">
        <Spinner size={12} />
        <span className="sr-only">{t.tool[call.state]}</span>
      </span>
    );
  }
  const took = call.startedAt !== null && call.completedAt !== null ? call.completedAt - call.startedAt : 0;
  return (
    <span className={cx("flex items-center gap-1.5 tabular-nums", call.state === "failed" ? "text-bad" : "text-ink-faint")}>
      {call.state === "failed" && <CircleX size={13} aria-hidden />}
      {code !== undefined && code !== 0 && t.exit(code)}
      {took >= 1000 && duration(took)}
      <span className="sr-only">{t.tool[call.state]}</span>
    </span>
  );
}

/** A tool call: one line, which opens to what went in and what came out. */
export function ToolRow({ item }: { item: ItemOf<"tool"> }) {
  const { call } = item;
  const [open, setOpen] = useOpen(item.key);
  const about = summary(call.input, call.description);
  return (
    <div className={cx("rounded-lg", open && "border border-line bg-raised")}>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className={cx(
          "group flex min-h-7 w-full items-center gap-2 rounded-lg px-2 text-left text-sm text-ink-soft hover:bg-hover pointer-coarse:min-h-9",
        )}
      >
        <ChevronRight size={13} aria-hidden className={cx("shrink-0 text-ink-faint transition-transform", open && "rotate-90")} />
        <span className="shrink-0 text-ink-faint">
          <Icon call={call} />
        </span>
        <span className="shrink-0 font-medium text-ink">{visible(call.name)}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-xs">{about}</span>
        <span className="shrink-0 text-xs">
          <State item={item} />
        </span>
      </button>
      {open && <Details item={item} />}
    </div>
  );
}

function Details({ item }: { item: ItemOf<"tool"> }) {
  const { call, result } = item;
  const run = command(call.input);
  const changes = edits(call.input);
  const diff = patch(call.input);
  const url = safeLink((call.input as { url?: string } | null)?.url);
  return (
    <div className="grid gap-2 px-3 pt-1 pb-3">
      {call.description && <p className="text-xs text-ink-soft">{visible(call.description)}</p>}
      {run !== undefined && (
        <pre tabIndex={0} role="region" aria-label={t.input} className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap">
          <span className="text-ink-faint select-none">$ </span>
          {visible(run)}
        </pre>
      )}
      {changes.map((edit, index) => (
        <Lines key={index} edit={edit} label={visible(edit.path) || t.input} />
      ))}
      {changes.length === 0 && diff !== undefined && <Lines patch={diff} label={t.input} />}
      {url && (
        <a href={url} target="_blank" rel="noopener noreferrer nofollow" className="truncate text-xs text-accent-ink underline">
          {visible(url)}
        </a>
      )}
      {run === undefined && changes.length === 0 && diff === undefined && <TerminalText text={json(call.input)} label={t.input} />}
      {result &&
        (result.output === "" ? (
          <p className="text-xs text-ink-faint">{t.noOutput}</p>
        ) : (
          <TerminalText text={result.output} label={t.output} bad={result.isError} />
        ))}
      {result?.truncated && <p className="text-xs text-ink-faint">{t.truncated}</p>}
    </div>
  );
}
