import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { post, remove, request } from "@/api/http";
import type { AgentCredential, GitHubToken, ProviderKey } from "@/api/types";
import { texts } from "@/texts";
import { say } from "@/ui/Toast";

const t = texts.settings.secret;

export const providersQuery = queryOptions({
  queryKey: ["provider-keys"],
  queryFn: async () => (await request<{ keys: ProviderKey[] }>("api/api-keys")).keys,
});

export const agentsQuery = queryOptions({
  queryKey: ["agent-credentials"],
  queryFn: async () => (await request<{ credentials: AgentCredential[] }>("api/agent-credentials")).credentials,
});

export const githubQuery = queryOptions({
  queryKey: ["github"],
  queryFn: () => request<GitHubToken>("api/github/pat"),
});

/** Stores a secret; nothing of it stays in the page when the form is gone. */
export function useStore(path: string, queryKey: readonly string[], name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => post(path, body),
    meta: { quiet: true },
    gcTime: 0,
    onSuccess: async () => {
      say.good(t.stored(name));
      await client.invalidateQueries({ queryKey });
    },
  });
}

/** Removes one of a list, and says so when the server's environment still has another. */
export function useRemove<T extends { configured: boolean }>(path: string, queryKey: readonly string[], is: (each: T) => boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => remove(path),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey });
      const still = client.getQueryData<T[]>(queryKey)?.some((each) => is(each) && each.configured);
      if (still) say.info(t.stillThere);
      else say.good(t.removed);
    },
  });
}
