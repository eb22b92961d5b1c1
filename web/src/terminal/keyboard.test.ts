import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Keyboard } from "./keyboard";

interface Sent {
  path: string;
  key: string | undefined;
  body: { data?: string; rows?: number; writer: string };
}

const sent: Sent[] = [];
let answer: () => Promise<Response>;

const taken = async () => new Response(null, { status: 204 });
const problem = (status: number, detail: string) => async () =>
  new Response(JSON.stringify({ status, detail }), { status, headers: { "Content-Type": "application/problem+json" } });
const typed = () => sent.filter(({ body }) => body.data !== undefined);

beforeEach(() => {
  sent.length = 0;
  answer = taken;
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
  vi.stubGlobal("document", { baseURI: "http://localhost/sub/" });
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    sent.push({ path, key: (init.headers as Record<string, string>)["Idempotency-Key"], body: JSON.parse(String(init.body)) });
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

test("keys go out in order, one request at a time, by one writer", async () => {
  const keyboard = new Keyboard("task_1", { failed: () => expect.unreachable(), flow: () => expect.unreachable() });
  for (const key of "hello") keyboard.type(key);
  await keyboard.claim({ rows: 24, cols: 80 });
  await vi.waitFor(() => expect(sent).toHaveLength(3));
  expect(sent[0]!.path).toBe("http://localhost/sub/api/tasks/task_1/terminal/input");
  expect(typed().map(({ body }) => body.data)).toEqual(["h", "ello"]);
  expect(new Set(typed().map(({ key }) => key)).size).toBe(2);
  expect(new Set(sent.map(({ body }) => body.writer)).size).toBe(1);
});

test("what is refused is told, and what was typed since is dropped", async () => {
  const failed = vi.fn();
  const keyboard = new Keyboard("task_1", { failed, flow: () => expect.unreachable() });
  answer = problem(409, "Somebody else");
  keyboard.type("a");
  keyboard.type("b");
  await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
  expect(failed.mock.calls[0]![0]).toMatchObject({ message: "Somebody else" });
  expect(sent).toHaveLength(1);
});

test("what got no answer is sent again with its key, and what was typed meanwhile after it", async () => {
  const flow = vi.fn();
  const keyboard = new Keyboard("task_1", { failed: () => expect.unreachable(), flow });
  const answers = [
    () => Promise.reject(new TypeError("Failed to fetch")),
    problem(503, "not taken up yet"),
    async () => new Response("<html>", { status: 502 }),
  ];
  answer = () => (answers.shift() ?? taken)();
  keyboard.type("a");
  keyboard.type("b");
  await vi.waitFor(() => expect(typed()).toHaveLength(5), 5_000);
  expect(typed().map(({ body }) => body.data)).toEqual(["a", "a", "a", "a", "b"]);
  const keys = typed().map(({ key }) => key);
  expect(new Set(keys.slice(0, 4)).size).toBe(1);
  expect(keys[4]).not.toBe(keys[0]);
  await vi.waitFor(() => expect(flow.mock.calls).toEqual([["waiting"], ["clear"]]));
});

test("nothing goes out until it is known that the shell is still there", async () => {
  const flow = vi.fn();
  const keyboard = new Keyboard("task_1", { failed: () => expect.unreachable(), flow });
  keyboard.hold();
  keyboard.type("a");
  keyboard.resize({ rows: 30, cols: 90 });
  expect(keyboard.waits).toBe(true);
  expect(sent).toHaveLength(0);
  keyboard.resume();
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent.map(({ body }) => body.rows ?? body.data)).toEqual([30, "a"]);
  keyboard.hold();
  keyboard.type("b");
  keyboard.clear();
  keyboard.resume();
  keyboard.type("c");
  await vi.waitFor(() => expect(sent).toHaveLength(3));
  expect(sent[2]!.body.data).toBe("c");
});
