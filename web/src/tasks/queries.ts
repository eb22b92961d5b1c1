import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { post, remove, request } from "@/api/http";
import type { Decision, QueuedMessage, Task, TaskList, UniversalEvent } from "@/api/types";
import { query, type TaskSearch } from "./search";

export const PAGE = 50;

export function tasksQuery(search: TaskSearch) {
  return infiniteQueryOptions({
    queryKey: ["tasks", search],
    queryFn: ({ pageParam, signal }) =>
      request<TaskList>(`api/tasks?${new URLSearchParams({ ...query(search), limit: `${PAGE}`, offset: `${pageParam}` })}`, { signal }),
    initialPageParam: 0,
    // While another word is looked for, the list of the last one stays.
    placeholderData: keepPreviousData,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.tasks.length, 0);
      return last.tasks.length === 0 || loaded >= last.total ? undefined : loaded;
    },
    // The stream of changes keeps them true.
    staleTime: Infinity,
  });
}

/** The newest tasks, for the palette. */
export const recentQuery = queryOptions({
  queryKey: ["recent"],
  queryFn: async () => (await request<TaskList>("api/tasks?limit=100")).tasks,
  staleTime: 3_000,
});

export function taskQuery(id: string) {
  return queryOptions({
    queryKey: ["task", id],
    queryFn: () => request<Task>(`api/tasks/${encodeURIComponent(id)}`),
    staleTime: 5_000,
  });
}

export function queuedQuery(id: string) {
  return queryOptions({
    queryKey: ["queued", id],
    queryFn: async () => (await request<{ messages: QueuedMessage[] }>(`api/tasks/${id}/messages/queued`)).messages,
    staleTime: 0,
  });
}

interface EventPage {
  events: UniversalEvent[];
  nextSeq: number;
}

/** The question that a task waits with, found among its last events. */
export function questionQuery(id: string) {
  return queryOptions({
    queryKey: ["question", id],
    queryFn: async () => {
      const { nextSeq } = await request<EventPage>(`api/tasks/${id}/events?limit=1`);
      const { events } = await request<EventPage>(`api/tasks/${id}/events?after=${Math.max(-1, nextSeq - 200)}&limit=200`);
      const answered = new Set(
        events.flatMap((event) => (event.kind === "permission_response" ? [event.permissionResponse.requestId] : [])),
      );
      const asked = events.filter((event) => event.kind === "permission_request");
      return asked.filter((event) => !answered.has(event.permissionRequest.requestId)).map((event) => event.permissionRequest);
    },
    staleTime: 0,
  });
}

function useTaskMutation<T>(id: string, run: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSettled: () =>
      Promise.all(
        ["task", "queued", "question"].map((name) => client.invalidateQueries({ queryKey: [name, id] })),
      ),
  });
}

export const useCancel = (id: string) => useTaskMutation<void>(id, () => post(`api/tasks/${id}/cancel`));
export const useRetry = (id: string) => useTaskMutation<void>(id, () => post(`api/tasks/${id}/retry`));
export const useDelete = (id: string) => useTaskMutation<void>(id, () => remove(`api/tasks/${id}`));
export const useUnqueue = (id: string) =>
  useTaskMutation<string>(id, (message) => remove(`api/tasks/${id}/messages/queued/${message}`));
export const useFollowUp = (id: string) =>
  useTaskMutation<string>(id, (prompt) => post(`api/tasks/${id}/messages`, { prompt }));

export interface Answer {
  requestId: string;
  decision: Decision;
  message?: string;
}

export const useAnswer = (id: string) =>
  useTaskMutation<Answer>(id, ({ requestId, ...body }) =>
    post(`api/tasks/${id}/permissions/${encodeURIComponent(requestId)}`, body),
  );
