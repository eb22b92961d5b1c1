/** The API's shapes, as docs of the server give them. Every type of the wire is here and nowhere else. */

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Only of /api/auth. */
  code?: string;
}

export interface SetupStatus {
  setupComplete: boolean;
  hasAdmin: boolean;
  setupTokenRequired: boolean;
  registrationOpen: boolean;
  /** Whether a forgotten password can be replaced by mail. */
  passwordReset?: boolean;
  /** Where else one can sign in. */
  providers?: { id: string; name: string }[];
}

export interface User {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  image: string | null;
  createdAt: string;
  updatedAt: string;
  role: "admin" | "user";
}

export interface Session {
  id: string;
  token: string;
  userId: string;
  expiresAt: string | null;
  createdAt: string;
  updatedAt: string;
  ipAddress: string | null;
  userAgent: string | null;
}

export interface SessionAndUser {
  session: Session;
  user: User;
}

export type TaskStatus = "pending" | "processing" | "completed" | "failed";
export type Phase =
  | "preparing"
  | "cloning"
  | "installing"
  | "running"
  | "awaiting_permission"
  | "awaiting_quota"
  | "pushing";
export type PullRequest = "none" | "draft" | "open";
export type PermissionMode = "auto" | "ask";

export interface Message {
  role: "user" | "assistant";
  content: string;
  timestamp: string;
}

export interface Usage {
  inputTokens?: number;
  outputTokens?: number;
  cachedTokens?: number;
  costUsd?: number;
}

/** A task as the list has it; `prompt` and `messages` are only in the task itself. */
export interface Task {
  id: string;
  title: string;
  prompt?: string;
  status: TaskStatus;
  phase?: Phase;
  progress: number;
  agent: string;
  model?: string;
  repository: string;
  branch: string;
  baseBranch?: string;
  permissionMode: PermissionMode;
  keepAlive: boolean;
  pullRequest: PullRequest;
  maxDurationMinutes?: number;
  attempt: number;
  messages?: Message[];
  error?: { code: string; message: string };
  commit?: string;
  pullRequestUrl?: string;
  usage?: Usage;
  createdAt: string;
  startedAt?: string;
  completedAt?: string;
  updatedAt: string;
}

export interface TaskList {
  tasks: Task[];
  total: number;
}

export interface NewTask {
  prompt: string;
  repository: string;
  agent?: string;
  branch?: string;
  model?: string;
  permissionMode?: PermissionMode;
  keepAlive?: boolean;
  pullRequest?: PullRequest;
  maxDurationMinutes?: number;
}

export interface QueuedMessage {
  id: string;
  prompt: string;
  createdAt: string;
}

export type Decision = "allow" | "allow_always" | "deny";

export interface Repository {
  id: number | string;
  name: string;
  full_name: string;
  private: boolean;
  default_branch: string;
}

export interface Branch {
  name: string;
  commit: { sha: string };
  protected: boolean;
}

export interface ProviderKey {
  provider: string;
  configured: boolean;
}

export interface AgentCredential {
  agent: string;
  configured: boolean;
  updatedAt?: string;
}

export interface GitHubToken {
  configured: boolean;
  username?: string;
  scopes?: string[];
}

export type SettingValue = string | number | boolean | string[];

export interface SettingsAnswer {
  settings: Record<string, SettingValue>;
  locked: string[];
}

export interface AdminUser {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
  role: "admin" | "user";
  createdAt: string;
}

export interface AdminUserList {
  users: AdminUser[];
  total: number;
}

export interface AuditEntry {
  id: string;
  timestamp: string;
  /** A user's id, `anonymous` or `console`. */
  actor: string;
  action: string;
  target: string;
  ip: string;
  details: Record<string, unknown>;
}

export interface AuditList {
  entries: AuditEntry[];
  total: number;
}

export type OwnedTask = Task & { user: { id: string; name: string; email: string } };

export interface OwnedTaskList {
  tasks: OwnedTask[];
  total: number;
}

/** In bytes. */
export interface Space {
  total: number;
  free: number;
}

export interface SystemState {
  version: string;
  java: string;
  os: string;
  node: string;
  startedAt: string;
  database: string;
  sandbox: { isolation: "full" | "process" | "none"; description: string };
  agents: { id: string; version?: string; installed: boolean }[];
  disk: Space;
  memory: Space;
  tasks: { pending: number; processing: number };
}

/** What can be set and how. Of a secret only `set` is told. */
export interface SettingField {
  key: string;
  type: "text" | "flag" | "number" | "list";
  expected: string;
  choices?: string[];
  defaultValue?: SettingValue;
  environment: string;
  description: string;
  secret: boolean;
  everyone: boolean;
  locked: boolean;
  set: boolean;
  source?: "environment" | "database" | "file" | "default";
}

/** By resource, for instance `{tasks: ["read", "write"]}`. */
export type Permissions = Record<string, string[]>;

export interface AccessKey {
  id: string;
  name: string | null;
  start: string;
  enabled: boolean;
  lastRequest: string | null;
  expiresAt: string | null;
  createdAt: string;
  permissions: Permissions;
}

/** The only answer that has the key itself. */
export interface MadeAccessKey extends AccessKey {
  key: string;
}

export type ToolState = "pending" | "running" | "completed" | "failed";

export interface ToolCall {
  callId: string;
  name: string;
  input: unknown;
  state: ToolState;
  description: string | null;
  createdAt: number | null;
  startedAt: number | null;
  completedAt: number | null;
}

export interface ToolResult {
  callId: string;
  name: string;
  output: string;
  isError: boolean;
  exitCode?: number;
  truncated: boolean;
}

export interface PermissionRequest {
  requestId: string;
  callId?: string;
  toolName: string;
  input: unknown;
  title?: string;
  expiresAt?: string;
}

export interface PermissionResponse {
  requestId: string;
  decision: Decision;
  decidedBy: string;
  message?: string;
}

export type LogType = "info" | "command" | "success" | "warning" | "error";

interface Event {
  seq: number;
  timestamp: string;
}

/** An event of a task's log, told apart by `kind`. With `?fullText=last` only a message's last event has `fullText`. */
export type UniversalEvent = Event &
  (
    | { kind: "message"; textDelta: string; messageId: string; fullText?: string }
    | { kind: "thinking"; thinkingText: string; messageId: string }
    | { kind: "tool_call"; toolCall: ToolCall }
    | { kind: "tool_result"; toolResult: ToolResult; toolCall: ToolCall }
    | { kind: "permission_request"; permissionRequest: PermissionRequest }
    | { kind: "permission_response"; permissionResponse: PermissionResponse }
    | { kind: "status"; status: TaskStatus; progress: number; phase?: Phase }
    | { kind: "error"; errorCode: string; errorMessage: string; retryable: boolean }
    | { kind: "log"; logType: LogType; logMessage: string }
    | { kind: "done"; status: "completed" | "failed" }
  );
