import { queryOptions, useQuery } from "@tanstack/react-query";
import { FileDiff as FileIcon } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { requestText } from "@/api/http";
import type { Task } from "@/api/types";
import { Failed } from "@/app/Problems";
import { isOver } from "@/tasks/standing";
import { texts } from "@/texts";
import { Empty } from "@/ui/Page";
import { useWide } from "@/ui/useWide";
import { Spinner } from "@/ui/Spinner";
import { DiffBar } from "./DiffBar";
import { DiffList, type DiffListHandle } from "./DiffList";
import { FileTree } from "./FileTree";
import { parseDiff } from "./parse";
import { rows } from "./rows";

const t = texts.diff;
const SPLIT = "sesame.diff.split";
/** Above so many changed lines a file is folded until it is asked for. */
const LARGE = 1500;

function diffQuery(task: Task) {
  return queryOptions({
    queryKey: ["diff", task.id, task.attempt, task.commit ?? task.status],
    queryFn: async ({ signal }) => parseDiff(await requestText(`api/tasks/${task.id}/diff`, signal)),
    staleTime: Infinity,
  });
}

/** What a task changed, file by file. */
export function DiffView({ task }: { task: Task }) {
  const query = useQuery(diffQuery(task));
  const [split, setSplit] = useState(() => localStorage.getItem(SPLIT) === "on");
  const [folded, setFolded] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [current, setCurrent] = useState(0);
  const list = useRef<DiffListHandle>(null);
  const files = query.data ?? [];
  const isFolded = (index: number) => folded.get(index) ?? files[index]!.added + files[index]!.removed > LARGE;
  // Two columns have no room on a phone.
  const beside = useWide() && split;
  const shown = useMemo(() => rows(files, beside, isFolded), [files, beside, folded]);

  if (query.isPending) {
    return (
      <div className="grid h-40 place-items-center text-ink-faint">
        <Spinner label size={18} />
      </div>
    );
  }
  if (query.isError) return <Failed error={query.error} reset={() => void query.refetch()} />;
  if (files.length === 0) {
    return (
      <Empty icon={<FileIcon size={28} />} title={isOver(task) ? t.none : t.noneYet}>
        {isOver(task) ? t.noneText : t.noneYetText}
      </Empty>
    );
  }
  const choose = (next: boolean) => {
    setSplit(next);
    localStorage.setItem(SPLIT, next ? "on" : "off");
  };
  return (
    <div className="flex min-h-0 flex-1">
      <FileTree files={files} current={current} onOpen={(index) => list.current?.scrollTo(index)} />
      <div className="flex min-w-0 flex-1 flex-col">
        <DiffBar task={task} files={files} split={split} onSplit={choose} onOpen={(index) => list.current?.scrollTo(index)} current={current} />
        <DiffList
          ref={list}
          files={files}
          rows={shown}
          split={beside}
          folded={isFolded}
          onFold={(index, fold) => setFolded(new Map(folded).set(index, fold))}
          onCurrent={setCurrent}
        />
      </div>
    </div>
  );
}
