import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cut, Keyboard } from "./keyboard";

const sent: { path: string; body: { data?: string; rows?: number; writer: string } }[] = [];
let answer: () => Promise<Response>;

beforeEach(() => {
  sent.length = 0;
  answer = async () => new Response(null, { status: 204 });
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
  vi.stubGlobal("document", { baseURI: "http://localhost/sub/" });
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    sent.push({ path, body: JSON.parse(String(init.body)) });
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

test("keys go out in order, one request at a time, by one writer", async () => {
  const keyboard = new Keyboard("task_1", () => expect.unreachable());
  for (const key of "hello") keyboard.type(key);
  await keyboard.resize(24, 80);
  await vi.waitFor(() => expect(sent).toHaveLength(3));
  expect(sent[0]!.path).toBe("http://localhost/sub/api/tasks/task_1/terminal/input");
  const typed = sent.filter(({ body }) => body.data !== undefined);
  expect(typed.map(({ body }) => body.data)).toEqual(["h", "ello"]);
  expect(new Set(sent.map(({ body }) => body.writer)).size).toBe(1);
});

test("what is refused is told, and what was typed since is dropped", async () => {
  const failed = vi.fn();
  const keyboard = new Keyboard("task_1", failed);
  answer = async () =>
    new Response(JSON.stringify({ detail: "Somebody else" }), { status: 409, headers: { "Content-Type": "application/problem+json" } });
  keyboard.type("a");
  keyboard.type("b");
  await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
  expect(failed.mock.calls[0]![0]).toMatchObject({ message: "Somebody else" });
  expect(sent).toHaveLength(1);
});

test("a long paste is cut between characters", () => {
  expect(cut("short")).toBe("short");
  expect(cut("x".repeat(20_000))).toHaveLength(16_000);
  expect(cut("x".repeat(15_999) + "😀" + "x".repeat(100))).toHaveLength(15_999);
});
