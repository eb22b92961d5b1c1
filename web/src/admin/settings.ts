import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/http";
import { settingsQuery, setupQuery } from "@/api/queries";
import type { SettingField, SettingsAnswer, SettingValue } from "@/api/types";
import { texts } from "@/texts";
import { say } from "@/ui/Toast";

export const schemaQuery = queryOptions({
  queryKey: ["settings", "schema"],
  queryFn: async () => (await request<{ fields: SettingField[] }>("api/settings/schema")).fields,
});

export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, SettingValue | null>) =>
      request<SettingsAnswer>("api/settings", { method: "PATCH", body }),
    meta: { quiet: true },
    gcTime: 0,
    onSuccess: async (answer) => {
      client.setQueryData(settingsQuery.queryKey, answer);
      say.good(texts.admin.settings.saved);
      await Promise.all([schemaQuery, setupQuery].map(({ queryKey }) => client.invalidateQueries({ queryKey })));
    },
  });
}
