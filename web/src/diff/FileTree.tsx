import { ChevronDown, FileMinus, FilePlus, FileText, Folder } from "lucide-react";
import { useMemo, useState } from "react";
import { texts } from "@/texts";
import { visible } from "@/transcript/safe";
import { cx } from "@/ui/cx";
import { inputClass } from "@/ui/Field";
import { Counts } from "./DiffBar";
import type { FileDiff } from "./parse";
import { type Directory, tree } from "./tree";

const t = texts.diff;

interface Props {
  files: readonly FileDiff[];
  current: number;
  onOpen: (file: number) => void;
}

/** The files by directory, at the side of a wide screen. */
export function FileTree({ files, current, onOpen }: Props) {
  const [query, setQuery] = useState("");
  const root = useMemo(() => tree(files, query), [files, query]);
  return (
    <nav aria-label={t.tree} className="flex w-64 shrink-0 flex-col border-r border-line max-lg:hidden">
      <div className="p-2">
        <input
          type="search"
          aria-label={t.filter}
          placeholder={t.filter}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className={cx(inputClass, "h-7 text-xs!")}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        <Level directory={root} files={files} current={current} onOpen={onOpen} />
      </div>
    </nav>
  );
}

function Level({ directory, files, current, onOpen }: Props & { directory: Directory }) {
  return (
    <ul>
      {directory.directories.map((child) => (
        <li key={child.name}>
          <details open className="group">
            <summary className="flex h-6.5 list-none items-center gap-1.5 rounded-md px-1.5 text-xs text-ink-soft hover:bg-hover">
              <ChevronDown size={12} aria-hidden className="shrink-0 -rotate-90 transition-transform group-open:rotate-0" />
              <Folder size={13} aria-hidden className="shrink-0 text-ink-faint" />
              <span className="truncate">{visible(child.name)}</span>
            </summary>
            <div className="ml-2.5 border-l border-line pl-1.5">
              <Level directory={child} files={files} current={current} onOpen={onOpen} />
            </div>
          </details>
        </li>
      ))}
      {directory.files.map(({ name, index }) => (
        <li key={index}>
          <button
            type="button"
            aria-current={index === current ? "true" : undefined}
            onClick={() => onOpen(index)}
            className={cx("flex h-6.5 w-full items-center gap-1.5 rounded-md px-1.5 text-left text-xs hover:bg-hover", index === current && "bg-selected")}
          >
            <Icon file={files[index]!} />
            <span className="min-w-0 flex-1 truncate">{visible(name)}</span>
            <Counts added={files[index]!.added} removed={files[index]!.removed} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Icon({ file }: { file: FileDiff }) {
  if (file.kind === "added") return <FilePlus size={13} aria-hidden className="shrink-0 text-added-ink" />;
  if (file.kind === "deleted") return <FileMinus size={13} aria-hidden className="shrink-0 text-removed-ink" />;
  return <FileText size={13} aria-hidden className="shrink-0 text-ink-faint" />;
}
