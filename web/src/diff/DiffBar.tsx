import { Columns2, Download, Rows2 } from "lucide-react";
import type { ReactNode } from "react";
import { address } from "@/api/http";
import type { Task } from "@/api/types";
import { texts } from "@/texts";
import { visible } from "@/transcript/safe";
import { buttonClass } from "@/ui/Button";
import { cx } from "@/ui/cx";
import { inputClass } from "@/ui/Field";
import type { FileDiff } from "./parse";

const t = texts.diff;

export function Counts({ added, removed }: { added: number; removed: number }) {
  return (
    <span className="inline-flex gap-1.5 text-xs tabular-nums">
      <span className="text-added-ink">
        <span aria-hidden>+{added}</span>
        <span className="sr-only">{t.added(added)}</span>
      </span>
      <span className="text-removed-ink">
        <span aria-hidden>−{removed}</span>
        <span className="sr-only">{t.removed(removed)}</span>
      </span>
    </span>
  );
}

function Way({ on, label, icon, onClick }: { on: boolean; label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      className={cx("flex h-7 items-center gap-1.5 rounded-md px-2 text-xs", on ? "bg-selected font-medium text-ink" : "text-ink-soft hover:bg-hover")}
    >
      {icon}
      {label}
    </button>
  );
}

interface Props {
  task: Task;
  files: readonly FileDiff[];
  split: boolean;
  current: number;
  onSplit: (split: boolean) => void;
  onOpen: (file: number) => void;
}

/** Above the diff: how much it is, how it is shown, and on a narrow screen the files. */
export function DiffBar({ task, files, split, current, onSplit, onOpen }: Props) {
  const sum = (pick: (file: FileDiff) => number) => files.reduce((total, file) => total + pick(file), 0);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-4 py-1.5">
      <span className="text-xs text-ink-soft">{t.files(files.length)}</span>
      <Counts added={sum((file) => file.added)} removed={sum((file) => file.removed)} />
      <span className="flex-1" />
      <select
        aria-label={t.tree}
        value={current}
        onChange={(event) => onOpen(Number(event.target.value))}
        className={cx(inputClass, "h-8 lg:hidden max-sm:order-last pointer-coarse:h-10 sm:w-56")}
      >
        {files.map((file, index) => (
          <option key={index} value={index}>
            {visible(file.path)}
          </option>
        ))}
      </select>
      <div role="group" aria-label={t.view} className="flex max-sm:hidden">
        <Way on={!split} label={t.unified} icon={<Rows2 size={13} aria-hidden />} onClick={() => onSplit(false)} />
        <Way on={split} label={t.split} icon={<Columns2 size={13} aria-hidden />} onClick={() => onSplit(true)} />
      </div>
      <a
        href={address(`api/tasks/${task.id}/diff`)}
        download={`${task.id}.patch`}
        aria-label={t.download}
        title={t.download}
        className={cx(buttonClass("quiet"), "size-8 px-0!")}
      >
        <Download size={15} aria-hidden />
      </a>
    </div>
  );
}
