import type { Task, TaskStatus } from "@/api/types";

/** What the list shows, as it stands in the address. */
export interface TaskSearch {
  status?: TaskStatus;
  q?: string;
  agent?: string;
  repo?: string;
}

const STATUSES: readonly string[] = ["pending", "processing", "completed", "failed"];

export function parseSearch(search: Record<string, unknown>): TaskSearch {
  const text = (name: string) => {
    const value = search[name];
    return value === undefined || value === null || value === "" ? undefined : String(value);
  };
  const status = text("status");
  return Object.fromEntries(
    Object.entries({
      status: status && STATUSES.includes(status) ? status : undefined,
      q: text("q"),
      agent: text("agent"),
      repo: text("repo"),
    }).filter(([, value]) => value !== undefined),
  );
}

/** The same in words of the API. */
export function query({ status, q, agent, repo }: TaskSearch): Record<string, string> {
  return {
    ...(status ? { status } : {}),
    ...(q ? { q } : {}),
    ...(agent ? { agent } : {}),
    ...(repo ? { repository: repo } : {}),
  };
}

/** Whether a task that changed is among those that are looked for, as the server sees it. */
export function matches(task: Task, { status, q, agent, repo }: TaskSearch): boolean {
  if (status !== undefined && task.status !== status) return false;
  if (agent !== undefined && task.agent !== agent) return false;
  if (repo !== undefined && task.repository !== repo) return false;
  if (q === undefined) return true;
  const all = `${task.title} ${task.repository} ${task.branch} ${task.id} ${task.agent}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
