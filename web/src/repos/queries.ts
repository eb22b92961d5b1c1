import { queryOptions } from "@tanstack/react-query";
import { ApiError, request } from "@/api/http";
import type { Branch, Repository } from "@/api/types";

export const repositoriesQuery = queryOptions({
  queryKey: ["repositories"],
  queryFn: async ({ signal }) => (await request<{ repositories: Repository[] }>("api/repos", { signal })).repositories,
  staleTime: 60_000,
  retry: false,
});

export function branchesQuery(repository: string) {
  const path = repository.split("/").map(encodeURIComponent).join("/");
  return queryOptions({
    queryKey: ["branches", repository],
    queryFn: async ({ signal }) => (await request<{ branches: Branch[] }>(`api/repos/${path}/branches`, { signal })).branches,
    staleTime: 30_000,
    retry: (count, error) => !(error instanceof ApiError) && count < 2,
  });
}
