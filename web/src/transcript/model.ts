import type {
  LogType,
  PermissionRequest,
  PermissionResponse,
  Phase,
  TaskStatus,
  ToolCall,
  ToolResult,
} from "@/api/types";

/** A line of the log, also of those that the transcript folds away. */
export interface LogLine {
  seq: number;
  at: string;
  type: LogType;
  text: string;
}

interface Base {
  /** Stays the same while the item grows. */
  key: number;
  at: string;
}

/** What a reader sees, one below the other. */
export type Item = Base &
  (
    | { type: "user"; text: string }
    | { type: "message"; id: string; text: string; before: string; done: boolean }
    | { type: "thinking"; id: string; text: string }
    | { type: "tool"; call: ToolCall; result: ToolResult | undefined }
    | { type: "permission"; request: PermissionRequest; response: PermissionResponse | undefined }
    | { type: "error"; code: string; message: string; retryable: boolean }
    | { type: "log"; lines: LogLine[] }
    | { type: "end"; status: "completed" | "failed" }
  );

export type ItemOf<T extends Item["type"]> = Extract<Item, { type: T }>;

/** All that the events so far say. Never changed: each batch of events makes another. */
export interface Transcript {
  items: readonly Item[];
  logs: readonly LogLine[];
  lastSeq: number;
  status: TaskStatus;
  phase: Phase | undefined;
  progress: number;
  /** Where what is still open stands among the items: messages by id, calls and permission requests by theirs. */
  messages: ReadonlyMap<string, number>;
  calls: ReadonlyMap<string, number>;
  permissions: ReadonlyMap<string, number>;
}

export const EMPTY: Transcript = {
  items: [],
  logs: [],
  lastSeq: -1,
  status: "pending",
  phase: undefined,
  progress: 0,
  messages: new Map(),
  calls: new Map(),
  permissions: new Map(),
};
