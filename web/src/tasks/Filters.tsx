import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Task, TaskStatus } from "@/api/types";
import { useShortcut } from "@/app/shortcuts";
import { texts } from "@/texts";
import { cx } from "@/ui/cx";
import { inputClass } from "@/ui/Field";
import { recentQuery } from "./queries";
import type { TaskSearch } from "./search";

const t = texts.tasks;
/** Milliseconds after the last key before the server is asked. */
const PAUSE = 200;
const STATUSES = Object.keys(t.filters) as TaskStatus[];

function Choice({ label, any, value, options, onChange }: { label: string; any: string; value: string | undefined; options: readonly (readonly [string, string])[]; onChange: (value: string) => void }) {
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value)}
      className={cx(inputClass, "h-8 w-auto! max-w-44 min-w-0 pr-6 max-sm:flex-1 max-sm:pr-1! max-sm:pl-2! max-sm:text-sm! pointer-coarse:h-10", value && "border-accent!")}
    >
      <option value="">{any}</option>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** Search, status, agent and repository; all of it stands in the address. */
export function Filters({ search, tasks, onChange }: { search: TaskSearch; tasks: readonly Task[]; onChange: (search: TaskSearch) => void }) {
  const box = useRef<HTMLInputElement>(null);
  useShortcut("/", t.keys.search, () => box.current?.focus());
  const [words, setWords] = useState(search.q ?? "");
  const waiting = useRef<number>(undefined);
  useEffect(() => {
    window.clearTimeout(waiting.current);
    const now = search.q ?? "";
    setWords((typed) => (typed.trim() === now ? typed : now));
  }, [search.q]);
  const recent = useQuery(recentQuery).data ?? tasks;
  const set = (name: keyof TaskSearch, value: string) => {
    const { [name]: _, ...rest } = search;
    onChange(value === "" ? rest : { ...rest, [name]: value });
  };
  const look = (next: string) => {
    setWords(next);
    window.clearTimeout(waiting.current);
    waiting.current = window.setTimeout(() => set("q", next.trim()), PAUSE);
  };
  const known = (pick: (task: Task) => string, chosen: string | undefined) =>
    [...new Set([...recent, ...tasks].map(pick).concat(chosen ?? []))].sort().map((name) => [name, name] as const);
  return (
    <div role="search" className="flex flex-wrap items-center gap-2 max-sm:-mx-1 max-sm:w-full">
      <div className="relative max-sm:w-full">
        <Search size={14} className="absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" aria-hidden />
        <input
          ref={box}
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          value={words}
          maxLength={200}
          onChange={(event) => look(event.target.value)}
          className={cx(inputClass, "h-8 w-48 pl-8 max-sm:w-full pointer-coarse:h-10")}
        />
      </div>
      <div className="flex gap-2 max-sm:w-full">
      <Choice label={t.filterStatus} any={t.any.status} value={search.status} options={STATUSES.map((each) => [each, t.filters[each]])} onChange={(value) => set("status", value)} />
      <Choice label={t.filterAgent} any={t.any.agent} value={search.agent} options={known((task) => task.agent, search.agent)} onChange={(value) => set("agent", value)} />
      <Choice label={t.filterRepository} any={t.any.repository} value={search.repo} options={known((task) => task.repository, search.repo)} onChange={(value) => set("repo", value)} />
      </div>
    </div>
  );
}
