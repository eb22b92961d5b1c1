import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { UniversalEvent } from "@/api/types";
import { fold } from "./fold";
import { EMPTY, type Item, type Transcript } from "./model";

type Body = Record<string, unknown> & { kind: UniversalEvent["kind"] };

function events(bodies: Body[], from = 0): UniversalEvent[] {
  return bodies.map((body, index) => ({ seq: from + index, timestamp: "2026-01-01T00:00:00.000Z", ...body }) as never);
}

const message = (messageId: string, textDelta: string, fullText?: string): Body => ({
  kind: "message",
  messageId,
  textDelta,
  ...(fullText === undefined ? {} : { fullText }),
});
const call = (callId: string, state: string): Body => ({ kind: "tool_call", toolCall: { callId, name: "Bash", input: {}, state } });
const result = (callId: string, output: string): Body => ({
  kind: "tool_result",
  toolResult: { callId, name: "Bash", output, isError: false, truncated: false },
  toolCall: { callId, name: "Bash", input: {}, state: "completed" },
});
const log = (logMessage: string): Body => ({ kind: "log", logType: "info", logMessage });
const followUp = (text: string): Body => ({ ...log("Follow-up: " + text), followUpId: "msg_1" });

const shown = (transcript: Transcript) => transcript.items.map((item) => [item.type, "text" in item ? item.text : ""]);

test("deltas of a message grow one item, also where two messages are mixed", () => {
  const bodies = [message("a", "Hello "), message("b", "other"), message("a", "you", "Hello you")];
  expect(shown(fold(EMPTY, events(bodies)))).toEqual([
    ["message", "Hello you"],
    ["message", "other"],
  ]);
});

test("a message that goes on under a further id is one for the reader", () => {
  const bodies = [message("a", "one ", "one "), message("a~2", "two "), message("a~2", "three", "two three")];
  expect(shown(fold(EMPTY, events(bodies)))).toEqual([["message", "one two three"]]);
});

test("a call keeps its place when its result comes later than others'", () => {
  const bodies = [call("1", "running"), call("2", "running"), result("2", "second"), result("1", "first")];
  const items = fold(EMPTY, events(bodies)).items as Extract<Item, { type: "tool" }>[];
  expect(items.map((item) => item.result?.output)).toEqual(["first", "second"]);
  expect(items.map((item) => item.call.state)).toEqual(["completed", "completed"]);
});

test("a permission request is open until its response", () => {
  const request: Body = { kind: "permission_request", permissionRequest: { requestId: "r", toolName: "Bash", input: {} } };
  const asked = fold(EMPTY, events([request]));
  expect(asked.permissions.size).toBe(1);
  const response: Body = { kind: "permission_response", permissionResponse: { requestId: "r", decision: "deny", decidedBy: "u" } };
  const answered = fold(asked, events([response], 1));
  expect(answered.permissions.size).toBe(0);
  expect(answered.items[0]).toMatchObject({ type: "permission", response: { decision: "deny" } });
});

test("log lines beside each other are one item; only what the server marks is what the user said", () => {
  const transcript = fold(EMPTY, events([log("one"), log("Follow-up: imitated"), followUp("and\nmore"), log("three")]));
  expect(transcript.items.map((item) => item.type)).toEqual(["log", "user", "log"]);
  expect(transcript.items[1]).toMatchObject({ text: "and\nmore" });
  expect(transcript.logs).toHaveLength(4);
});

test("events that were seen are passed over, and what was folded before is never changed", () => {
  const before = fold(EMPTY, events([message("a", "x"), log("l")]));
  const copy = structuredClone(before.items);
  const after = fold(before, events([message("a", "x"), log("l"), message("a", "y")]));
  expect(shown(after)[0]).toEqual(["message", "xy"]);
  expect(before.items).toEqual(copy);
});

test("after done nothing is open, and the same ids begin anew", () => {
  const transcript = fold(EMPTY, events([call("1", "running"), { kind: "done", status: "failed" }, call("1", "running")]));
  expect(transcript.items.map((item) => item.type)).toEqual(["tool", "end", "tool"]);
  expect(transcript.status).toBe("failed");
});

/** What the server's own tests expect of real agents' output; their form is the server's, a step before the wire. */
const captures = fileURLToPath(new URL("../../../src/test/resources/captures/", import.meta.url));

function wire(line: string): Body | undefined {
  const [[name, value]] = Object.entries(JSON.parse(line)) as [[string, Record<string, any>]];
  const lower = (each: any) => ({ ...each, state: each.state.toLowerCase() });
  switch (name) {
    case "Message":
      return message(value["messageId"], value["textDelta"]);
    case "Thinking":
      return { kind: "thinking", ...value };
    case "ToolUse":
      return { kind: "tool_call", toolCall: lower(value["toolCall"]) };
    case "ToolResult": {
      const { toolCall, ...toolResult } = value;
      return { kind: "tool_result", toolResult, toolCall: lower(toolCall) };
    }
    case "PermissionRequest":
      return { kind: "permission_request", permissionRequest: value };
    case "Log":
      return { kind: "log", logType: value["logType"].toLowerCase(), logMessage: value["logMessage"] };
    case "Failure":
      return { kind: "error", ...value };
    default:
      return undefined;
  }
}

function all(file: string): UniversalEvent[] {
  const lines = readFileSync(captures + file, "utf8").trim().split("\n");
  return events(lines.map(wire).filter((body) => body !== undefined));
}

describe.each(readdirSync(captures, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".expected.jsonl")))(
  "capture %s",
  (file) => {
    test("comes to the same in one batch as event by event, and loses no text", () => {
      const whole = all(file);
      const atOnce = fold(EMPTY, whole);
      const oneByOne = whole.reduce((transcript, event) => fold(transcript, [event]), EMPTY);
      expect(atOnce).toEqual(oneByOne);
      const said = whole.map((event) => (event.kind === "message" ? event.textDelta : "")).join("");
      const read = atOnce.items.map((item) => (item.type === "message" ? item.text : "")).join("");
      expect(read.length).toBe(said.length);
      const calls = new Set(whole.flatMap((event) => ("toolCall" in event ? [event.toolCall.callId] : [])));
      expect(atOnce.items.filter((item) => item.type === "tool")).toHaveLength(calls.size);
    });
  },
);
