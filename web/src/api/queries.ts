import { queryOptions } from "@tanstack/react-query";
import { request } from "./http";
import type { SessionAndUser, SettingsAnswer, SetupStatus } from "./types";

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

/** The server's settings, as far as the caller may see them. */
export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: () => request<SettingsAnswer>("api/settings"),
});
