import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { CircleDot, Search } from "lucide-react";
import { useRef, useState } from "react";
import type { Task } from "@/api/types";
import { useShortcut } from "@/app/shortcuts";
import { Failed } from "@/app/Problems";
import { texts } from "@/texts";
import { Button, buttonClass } from "@/ui/Button";
import { Empty, useTitle } from "@/ui/Page";
import { Spinner } from "@/ui/Spinner";
import { Filters } from "./Filters";
import type { TaskSearch } from "./search";
import { tasksQuery } from "./queries";
import { standing } from "./standing";
import { TaskRow } from "./TaskRow";
import { useListKeys } from "./useListKeys";

const route = getRouteApi("/app/");
const t = texts.tasks;

export function TasksPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (next: TaskSearch) => void navigate({ search: next, replace: true });
  const query = useInfiniteQuery(tasksQuery(search));
  const tasks = query.data?.pages.flatMap((page) => page.tasks) ?? [];
  const asking = tasks.filter((task) => standing(task) === "asking").length;
  useTitle(asking > 0 ? `(${asking}) ${t.title}` : t.title);
  const { fetchNextPage, isFetchingNextPage } = query;

  if (query.isError) return <Failed error={query.error} reset={() => void query.refetch()} />;
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col px-3 py-5 sm:px-6">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-1 pb-3">
        <h1 className="text-xl font-semibold">{t.title}</h1>
        {query.data && <span className="text-sm text-ink-faint tabular-nums">{t.count(total)}</span>}
        <span className="flex-1" />
        {isAnything(search, total) && <Filters search={search} tasks={tasks} onChange={set} />}
      </header>
      {query.isPending ? (
        <div className="grid h-40 place-items-center text-ink-faint">
          <Spinner label size={18} />
        </div>
      ) : (
        <List tasks={tasks} search={search} clear={() => set({})} />
      )}
      {query.hasNextPage && (
        <Button look="quiet" className="mx-auto mt-3" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t.more}
        </Button>
      )}
    </div>
  );
}

function isAnything(search: TaskSearch, total: number): boolean {
  return total > 0 || Object.keys(search).length > 0;
}

function List({ tasks, search, clear }: { tasks: Task[]; search: TaskSearch; clear: () => void }) {
  const list = useRef<HTMLUListElement>(null);
  const [answering, setAnswering] = useState<string | null>(null);
  const step = useListKeys(list);
  useShortcut("j", t.keys.next, () => step(1));
  useShortcut("k", t.keys.previous, () => step(-1));
  if (tasks.length > 0) {
    return (
      <ul ref={list} className="rounded-xl border border-line">
        {tasks.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            answering={answering === task.id}
            onAnswer={(open) => setAnswering(open ? task.id : null)}
          />
        ))}
      </ul>
    );
  }
  if (Object.keys(search).length > 0) {
    return (
      <Empty icon={<Search size={28} />} title={t.noneTitle}>
        <p>{t.noneText}</p>
        <Button className="mt-4" onClick={clear}>
          {t.clearFilters}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon={<CircleDot size={28} />} title={t.emptyTitle}>
      <p>{t.emptyText}</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        <Link to="/new" className={buttonClass("primary")}>
          {t.emptyAction}
        </Link>
        <Link to="/new" search={{ demo: true }} className={buttonClass("plain")}>
          {t.demoAction}
        </Link>
        <Link to="/welcome" className={buttonClass("quiet")}>
          {texts.welcome.title}
        </Link>
      </div>
    </Empty>
  );
}
