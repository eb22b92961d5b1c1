import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { listen } from "@/api/live/live";
import type { Task, TaskList } from "@/api/types";
import { connectionState } from "@/app/connectionState";
import { notifyOf } from "@/app/notifications";
import { matches, type TaskSearch } from "./search";

/** A task as it is now, or only the id of one that was deleted. */
export type Change = Task | { id: string };

type Pages = InfiniteData<TaskList, number>;

/** The list after the change. Pure. @param search what the list is filtered by */
export function changed(pages: Pages, search: TaskSearch, change: Change): Pages {
  const known = pages.pages.some((page) => page.tasks.some((task) => task.id === change.id));
  const fits = "status" in change && matches(change, search);
  if (known && fits) {
    return {
      ...pages,
      pages: pages.pages.map((page) => ({
        ...page,
        tasks: page.tasks.map((task) => (task.id === change.id ? change : task)),
      })),
    };
  }
  if (known) {
    return {
      ...pages,
      pages: pages.pages.map((page) => ({
        total: page.total - 1,
        tasks: page.tasks.filter((task) => task.id !== change.id),
      })),
    };
  }
  return fits ? inserted(pages, change) : pages;
}

/** Newest first; what belongs below the last that is loaded only counts. */
function inserted(pages: Pages, task: Task): Pages {
  let placed = false;
  return {
    ...pages,
    pages: pages.pages.map((page, index) => {
      const total = page.total + 1;
      if (placed) return { ...page, total };
      const at = page.tasks.findIndex((each) => each.createdAt <= task.createdAt);
      const last = index === pages.pages.length - 1 && page.tasks.length === page.total;
      if (at < 0 && !last) return { ...page, total };
      placed = true;
      const tasks = page.tasks.slice();
      tasks.splice(at < 0 ? tasks.length : at, 0, task);
      return { total, tasks };
    }),
  };
}

function apply(client: QueryClient, change: Change) {
  for (const query of client.getQueryCache().findAll({ queryKey: ["tasks"] })) {
    const search = query.queryKey[1] as TaskSearch;
    client.setQueryData<Pages>(query.queryKey, (pages) => pages && changed(pages, search, change));
  }
  if (!("status" in change)) {
    client.removeQueries({ queryKey: ["task", change.id] });
    return;
  }
  client.setQueryData<Task>(["task", change.id], (task) => task && { ...change, ...kept(task) });
  void client.invalidateQueries({ queryKey: ["queued", change.id] });
  void client.invalidateQueries({ queryKey: ["question", change.id] });
}

/** What a change does not tell. */
function kept(task: Task): Partial<Task> {
  return {
    ...(task.prompt === undefined ? {} : { prompt: task.prompt }),
    ...(task.messages === undefined ? {} : { messages: task.messages }),
  };
}

/** Keeps everything that is shown of tasks true, as long as it is mounted. */
export function useTaskChanges(owner: string) {
  const client = useQueryClient();
  useEffect(
    () =>
      listen<Change>("tasks", owner, "api/events", -1, {
        events: (changes) =>
          changes.forEach((change) => {
            apply(client, change);
            if ("status" in change) notifyOf(change);
          }),
        state: (state, status) => {
          connectionState.set(state);
          // What happened before the stream began, or while this tab slept.
          if (state === "open") void client.invalidateQueries({ queryKey: ["tasks"] });
          if (status === 401) void client.invalidateQueries({ queryKey: ["session"] });
        },
        restart: () => void client.invalidateQueries({ queryKey: ["tasks"] }),
      }),
    [client, owner],
  );
}
