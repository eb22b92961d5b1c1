import type { UniversalEvent } from "@/api/types";
import type { Item, ItemOf, LogLine, Transcript } from "./model";

/** Lines in one item at most: a flood of them must not be copied with each further one. */
const MOST_LINES = 100;

type Of<K extends UniversalEvent["kind"]> = Extract<UniversalEvent, { kind: K }>;

/** The next transcript while it is made. Only here something changes. */
interface Draft extends Transcript {
  items: Item[];
  logs: LogLine[];
  messages: Map<string, number>;
  calls: Map<string, number>;
  permissions: Map<string, number>;
}

/** The transcript after these events too. Pure; events that it already knows are passed over. */
export function fold(transcript: Transcript, events: readonly UniversalEvent[]): Transcript {
  const draft: Draft = {
    ...transcript,
    items: transcript.items.slice(),
    logs: transcript.logs.slice(),
    messages: new Map(transcript.messages),
    calls: new Map(transcript.calls),
    permissions: new Map(transcript.permissions),
  };
  for (const event of events) {
    if (event.seq <= draft.lastSeq) continue;
    add(draft, event);
    draft.lastSeq = event.seq;
  }
  return draft;
}

function add(draft: Draft, event: UniversalEvent) {
  switch (event.kind) {
    case "message":
      return message(draft, event);
    case "thinking":
      return thinking(draft, event);
    case "tool_call":
      return call(draft, event);
    case "tool_result":
      return call(draft, event);
    case "permission_request":
      draft.permissions.set(event.permissionRequest.requestId, draft.items.length);
      return push(draft, event, { type: "permission", request: event.permissionRequest, response: undefined });
    case "permission_response":
      return response(draft, event);
    case "status":
      draft.status = event.status;
      draft.progress = event.progress;
      draft.phase = event.phase;
      return;
    case "error":
      log(draft, event, "error", event.errorMessage);
      return push(draft, event, {
        type: "error",
        code: event.errorCode,
        message: event.errorMessage,
        retryable: event.retryable,
      });
    case "log":
      return logged(draft, event);
    case "done":
      return done(draft, event);
  }
}

type WithoutBase<T> = T extends unknown ? Omit<T, "key" | "at"> : never;

function push(draft: Draft, event: UniversalEvent, item: WithoutBase<Item>) {
  draft.items.push({ ...item, key: event.seq, at: event.timestamp } as Item);
}

/** A long message goes on under `id~2`, `id~3`: for a reader it is one. */
function message(draft: Draft, event: Of<"message">) {
  const id = event.messageId.replace(/~\d+$/, "");
  const done = event.fullText !== undefined;
  const index = draft.messages.get(id);
  if (index === undefined) {
    draft.messages.set(id, draft.items.length);
    push(draft, event, { type: "message", id: event.messageId, text: event.fullText ?? event.textDelta, before: "", done });
    return;
  }
  const item = draft.items[index] as ItemOf<"message">;
  const before = item.id === event.messageId ? item.before : item.text;
  const text = done ? before + event.fullText : item.text + event.textDelta;
  draft.items[index] = { ...item, id: event.messageId, text, before, done };
}

function thinking(draft: Draft, event: Of<"thinking">) {
  const id = event.messageId.replace(/~\d+$/, "");
  const last = draft.items.at(-1);
  if (last?.type === "thinking" && last.id === id) {
    draft.items[draft.items.length - 1] = { ...last, text: last.text + event.thinkingText };
  } else if (event.thinkingText !== "") {
    push(draft, event, { type: "thinking", id, text: event.thinkingText });
  }
}

function call(draft: Draft, event: Of<"tool_call"> | Of<"tool_result">) {
  const id = event.toolCall.callId;
  const result = event.kind === "tool_result" ? event.toolResult : undefined;
  const index = draft.calls.get(id);
  if (index === undefined) {
    if (!result) draft.calls.set(id, draft.items.length);
    push(draft, event, { type: "tool", call: event.toolCall, result });
    return;
  }
  draft.items[index] = { ...(draft.items[index] as ItemOf<"tool">), call: event.toolCall, result };
  if (result) draft.calls.delete(id);
}

function response(draft: Draft, event: Of<"permission_response">) {
  const id = event.permissionResponse.requestId;
  const index = draft.permissions.get(id);
  if (index === undefined) return;
  const item = draft.items[index] as ItemOf<"permission">;
  draft.items[index] = { ...item, response: event.permissionResponse };
  draft.permissions.delete(id);
}

function logged(draft: Draft, event: Of<"log">) {
  const line = log(draft, event, event.logType, event.logMessage);
  if (event.followUpId !== undefined) {
    push(draft, event, { type: "user", text: event.logMessage.slice("Follow-up: ".length) });
    return;
  }
  const last = draft.items.at(-1);
  if (last?.type === "log" && last.lines.length < MOST_LINES) draft.items[draft.items.length - 1] = { ...last, lines: [...last.lines, line] };
  else push(draft, event, { type: "log", lines: [line] });
}

function log(draft: Draft, event: UniversalEvent, type: LogLine["type"], text: string): LogLine {
  const line = { seq: event.seq, at: event.timestamp, type, text };
  draft.logs.push(line);
  return line;
}

function done(draft: Draft, event: Of<"done">) {
  draft.status = event.status;
  draft.phase = undefined;
  draft.messages.clear();
  draft.calls.clear();
  draft.permissions.clear();
  push(draft, event, { type: "end", status: event.status });
}
