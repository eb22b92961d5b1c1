/** The API's shapes by short names; they come from the server's own document by way of `schema.d.ts`. */

import type { components, operations } from "./schema";

type Shapes = components["schemas"];
/** What an operation answers when all is well. */
type Answer<Operation extends keyof operations> = operations[Operation]["responses"] extends {
  200: { content: { "application/json": infer Body } };
}
  ? Body
  : never;

export type Problem = Shapes["Problem"];
export type SetupStatus = Shapes["SetupStatus"];
export type User = Shapes["User"];
export type Session = Shapes["Session"];
export type SessionAndUser = Shapes["SessionAndUser"];

export type Task = Shapes["Task"];
export type TaskStatus = Shapes["TaskStatus"];
export type Phase = NonNullable<Task["phase"]>;
export type PullRequest = Shapes["PullRequest"];
export type PermissionMode = Shapes["PermissionMode"];
export type Message = Shapes["Message"];
export type Usage = Shapes["Usage"];
export type TaskList = Shapes["TaskList"];
export type NewTask = Shapes["NewTask"];
export type QueuedMessage = Shapes["QueuedMessage"];
export type Decision = Shapes["Decision"];

export type Repository = Shapes["Repository"];
export type Branch = Shapes["BranchList"]["branches"][number];
export type ProviderKey = Shapes["ProviderKey"];
export type AgentCredential = Shapes["AgentCredential"];
export type McpServer = Shapes["McpServer"];
export type NewMcpServer = Shapes["NewMcpServer"];
export type GitHubToken = Shapes["Pat"];

export type SettingsAnswer = Shapes["Settings"];
export type SettingValue = SettingsAnswer["settings"][string];
export type SettingField = Shapes["SettingField"];
export type AdminUser = Shapes["Account"];
export type AdminUserList = Answer<"listUsers">;
export type AuditEntry = Shapes["AuditEntry"];
export type AuditList = Answer<"listAudit">;
/** As admins see it. */
export type OwnedTask = Task & Required<Pick<Task, "user">>;
export type OwnedTaskList = Omit<TaskList, "tasks"> & { tasks: OwnedTask[] };
export type SystemState = Shapes["System"];
export type Space = Shapes["Space"];

/** By resource, for instance `{tasks: ["read", "write"]}`; also of resources that this UI does not know. */
export type Permissions = Record<string, string[]>;
export type AccessKey = Shapes["Key"];
/** The only answer that has the key itself. */
export type MadeAccessKey = AccessKey & Required<Pick<AccessKey, "key">>;

export type TerminalState = Shapes["TerminalState"];

export type UniversalEvent = Shapes["UniversalEvent"];
export type ToolCall = Shapes["ToolCall"];
export type ToolState = ToolCall["state"];
export type ToolResult = Shapes["ToolResult"];
export type PermissionRequest = Shapes["PermissionRequestEvent"]["permissionRequest"];
export type PermissionResponse = Shapes["PermissionResponseEvent"]["permissionResponse"];
export type LogType = Shapes["LogEvent"]["logType"];
