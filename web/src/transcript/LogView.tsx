import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useRef } from "react";
import { texts } from "@/texts";
import { cx } from "@/ui/cx";
import { Empty } from "@/ui/Page";
import { clock } from "@/ui/time";
import type { LogLine } from "./model";
import { visible } from "./safe";

const INK: Record<LogLine["type"], string> = {
  info: "text-ink-soft",
  command: "text-ink",
  success: "text-good",
  warning: "text-busy",
  error: "text-bad",
};

/** Every log line, with its time. */
export function LogView({ lines }: { lines: readonly LogLine[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 22,
    getItemKey: useCallback((index) => lines[index]!.seq, [lines]),
    overscan: 20,
    paddingStart: 12,
    paddingEnd: 12,
  });
  if (lines.length === 0) return <Empty title={texts.transcript.noLogs} />;
  return (
    <div ref={scroller} tabIndex={0} role="log" aria-live="off" aria-label={texts.tasks.tabs.log} className="h-full overflow-y-auto focus-visible:outline-offset-[-2px]">
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const line = lines[row.index]!;
          return (
            <div
              key={row.key}
              ref={virtual.measureElement}
              data-index={row.index}
              className="absolute top-0 left-0 flex w-full gap-3 px-4 font-mono text-xs leading-relaxed"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <time dateTime={line.at} className="shrink-0 text-ink-faint tabular-nums">
                {clock(line.at)}
              </time>
              <span className={cx("min-w-0 flex-1 break-words whitespace-pre-wrap", INK[line.type])}>{visible(line.text)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
