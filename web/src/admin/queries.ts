import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { request } from "@/api/http";
import type { AdminUserList, AuditList, OwnedTaskList, SystemState } from "@/api/types";

export const PAGE = 50;

/** The path with those parameters that have a value. */
export function withQuery(path: string, parameters: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/** All admin lists are below this, so that one change renews them all. */
const ADMIN = "admin";

export const usersQuery = (search: string, offset: number, limit = PAGE) =>
  queryOptions({
    queryKey: [ADMIN, "users", search, offset, limit],
    queryFn: () => request<AdminUserList>(withQuery("api/admin/users", { search, limit, offset })),
    placeholderData: keepPreviousData,
  });

export const auditQuery = (filter: { action?: string | undefined; actor?: string | undefined }, offset: number) =>
  queryOptions({
    queryKey: [ADMIN, "audit", filter, offset],
    queryFn: () => request<AuditList>(withQuery("api/admin/audit", { ...filter, limit: PAGE, offset })),
    placeholderData: keepPreviousData,
  });

export const allTasksQuery = (status: string, offset: number) =>
  queryOptions({
    queryKey: [ADMIN, "tasks", status, offset],
    queryFn: () => request<OwnedTaskList>(withQuery("api/admin/tasks", { status, limit: PAGE, offset })),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const systemQuery = queryOptions({
  queryKey: [ADMIN, "system"],
  queryFn: () => request<SystemState>("api/admin/system"),
  refetchInterval: 10_000,
});
