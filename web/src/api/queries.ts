import { queryOptions } from "@tanstack/react-query";
import { request } from "./http";
import type { SessionAndUser, SetupStatus } from "./types";

/** Who is signed in here; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => request<SessionAndUser | null>("api/auth/get-session"),
  staleTime: 60_000,
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: () => request<SetupStatus>("api/setup/status"),
  staleTime: 10_000,
});
