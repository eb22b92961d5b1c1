import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { post, request } from "@/api/http";
import type { AccessKey, MadeAccessKey, Permissions } from "@/api/types";
import { texts } from "@/texts";
import { say } from "@/ui/Toast";

export const keysQuery = queryOptions({
  queryKey: ["access-keys"],
  queryFn: () => request<AccessKey[]>("api/auth/api-key/list"),
});

export interface NewKey {
  name: string;
  /** Seconds; absent for never. */
  expiresIn?: number;
  permissions: Permissions;
}

export function useMakeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: NewKey) => post<MadeAccessKey>("api/auth/api-key/create", key),
    meta: { quiet: true },
    // The answer has the key: it goes when its dialog does.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

export function useEnableKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { keyId: string; enabled: boolean }) => post<AccessKey>("api/auth/api-key/update", change),
    onSettled: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

export function useDeleteKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keyId: string) => post("api/auth/api-key/delete", { keyId }),
    onSuccess: () => say.good(texts.settings.keys.deleted),
    onSettled: () => client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}
