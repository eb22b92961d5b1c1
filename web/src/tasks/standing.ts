import type { Task } from "@/api/types";

/** Where a task stands, for a reader: the status, told finer. */
export type Standing = "pending" | "running" | "asking" | "quota" | "completed" | "failed" | "cancelled";

type Part = Pick<Task, "status"> & { phase?: Task["phase"] | undefined; error?: Task["error"] | undefined };

export function standing({ status, phase, error }: Part): Standing {
  switch (status) {
    case "pending":
      return "pending";
    case "processing":
      return phase === "awaiting_permission" ? "asking" : phase === "awaiting_quota" ? "quota" : "running";
    case "completed":
      return "completed";
    case "failed":
      return error?.code === "cancelled" ? "cancelled" : "failed";
  }
}

export function isOver(task: Pick<Task, "status">): boolean {
  return task.status === "completed" || task.status === "failed";
}
