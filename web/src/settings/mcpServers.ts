import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { post, remove, request } from "@/api/http";
import type { McpServer, NewMcpServer } from "@/api/types";
import { texts } from "@/texts";
import { say } from "@/ui/Toast";

const t = texts.settings;

export const mcpServersQuery = queryOptions({
  queryKey: ["mcp-servers"],
  queryFn: async () => (await request<{ servers: McpServer[] }>("api/mcp-servers")).servers,
  retry: false,
});

export function useAddServer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (server: NewMcpServer) => post<McpServer>("api/mcp-servers", server),
    meta: { quiet: true },
    gcTime: 0,
    onSuccess: async ({ name }) => {
      say.good(t.secret.stored(name));
      await client.invalidateQueries(mcpServersQuery);
    },
  });
}

export function useRemoveServer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => remove(`api/mcp-servers/${encodeURIComponent(name)}`),
    onSuccess: async () => {
      await client.invalidateQueries(mcpServersQuery);
      say.good(t.secret.removed);
    },
  });
}

/** What was typed into the form. */
export interface Typed {
  name: string;
  transport: "stdio" | "http";
  command: string;
  args: string;
  url: string;
  secrets: string;
  enabled: boolean;
}

/** The request: one argument for each line, and for each line a secret, `NAME=value` or `Name: value`. */
export function body({ name, transport, command, args, url, secrets, enabled }: Typed): NewMcpServer {
  const common = { name: name.trim(), enabled };
  return transport === "stdio"
    ? { ...common, command: command.trim(), args: lines(args), env: pairs(secrets, "=") }
    : { ...common, url: url.trim(), headers: pairs(secrets, ":") };
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function pairs(text: string, between: string): Record<string, string> {
  return Object.fromEntries(
    lines(text).map((line) => {
      const at = line.indexOf(between);
      return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
