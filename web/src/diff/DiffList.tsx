import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown } from "lucide-react";
import { useCallback, useEffect, useImperativeHandle, useRef } from "react";
import type { Ref } from "react";
import { texts } from "@/texts";
import { visible } from "@/transcript/safe";
import { cx } from "@/ui/cx";
import { Counts } from "./DiffBar";
import { DiffLine } from "./DiffLine";
import type { FileDiff } from "./parse";
import type { DiffRow } from "./rows";

const t = texts.diff;
const HEIGHT = { file: 45, note: 34, hunk: 26, line: 20 };

export interface DiffListHandle {
  scrollTo(file: number): void;
}

interface Props {
  ref: Ref<DiffListHandle>;
  files: readonly FileDiff[];
  rows: readonly DiffRow[];
  split: boolean;
  folded: (file: number) => boolean;
  onFold: (file: number, fold: boolean) => void;
  onCurrent: (file: number) => void;
}

/** All lines of all files, of which only those near the window are in the page. */
export function DiffList({ ref, files, rows, split, folded, onFold, onCurrent }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHT[rows[index]!.type],
    getItemKey: useCallback((index) => rows[index]!.key, [rows]),
    overscan: 24,
    paddingEnd: 40,
  });
  useImperativeHandle(ref, () => ({
    scrollTo: (file) => virtual.scrollToIndex(rows.findIndex((row) => row.file === file), { align: "start" }),
  }));
  const shown = virtual.getVirtualItems();
  const top = virtual.scrollOffset ?? 0;
  const first = rows[shown.find((row) => row.end > top + 1)?.index ?? 0]?.file ?? 0;
  useEffect(() => onCurrent(first), [first, onCurrent]);
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t.label}
      className="min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const row = rows[index]!;
          const file = files[row.file]!;
          return (
            <div key={key} ref={virtual.measureElement} data-index={index} className="absolute top-0 left-0 w-full" style={{ transform: `translateY(${start}px)` }}>
              {row.type === "file" && <FileHead file={file} folded={folded(row.file)} onFold={(fold) => onFold(row.file, fold)} />}
              {row.type === "note" && <p className="px-4 py-2 text-xs text-ink-faint">{t.notes[row.note]}</p>}
              {row.type === "hunk" && <p className="truncate bg-sunken px-4 py-1 font-mono text-xs text-ink-faint">{visible(row.text)}</p>}
              {row.type === "line" && <DiffLine left={row.left} right={row.right} split={split} path={file.path} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function FileHead({ file, folded, onFold }: { file: FileDiff; folded: boolean; onFold: (fold: boolean) => void }) {
  return (
    <div className="pt-2">
      <h2 className="border-y border-line bg-side">
        <button
          type="button"
          aria-expanded={!folded}
          title={folded ? t.unfold : t.fold}
          onClick={() => onFold(!folded)}
          className="flex min-h-9 w-full items-center gap-2 px-3 text-left text-sm focus-visible:outline-offset-[-2px]"
        >
          <ChevronDown size={14} aria-hidden className={cx("shrink-0 text-ink-faint transition-transform", folded && "-rotate-90")} />
          <span className="min-w-0 truncate font-mono text-xs font-medium">{visible(file.path)}</span>
          {file.from && <span className="min-w-0 truncate text-xs text-ink-faint">{t.from(visible(file.from))}</span>}
          {file.kind !== "changed" && <span className="shrink-0 rounded bg-sunken px-1.5 text-2xs text-ink-soft">{t.kinds[file.kind]}</span>}
          <span className="flex-1" />
          <Counts added={file.added} removed={file.removed} />
        </button>
      </h2>
    </div>
  );
}
