import { expect, test } from "vitest";
import { body, fieldOf, FIRST } from "./newTask";
import { matches, parseSearch } from "./search";

test("what is left empty is not sent", () => {
  expect(body("Do it", { ...FIRST, repository: " a/b " })).toEqual({
    prompt: "Do it",
    repository: "a/b",
    permissionMode: "auto",
    pullRequest: "none",
  });
  expect(body("Do it", { ...FIRST, agent: "demo", branch: "dev", model: "m", keepAlive: true })).toMatchObject({
    agent: "demo",
    branch: "dev",
    model: "m",
    keepAlive: true,
  });
});

test("servers are sent when they were chosen, and never to the demo agent", () => {
  expect(body("Do it", { ...FIRST, mcpServers: [] })).toMatchObject({ mcpServers: [] });
  expect(body("Do it", { ...FIRST, agent: "demo", mcpServers: ["docs"] })).not.toHaveProperty("mcpServers");
});

test("a refusal that begins with a field's name belongs to that field", () => {
  expect(fieldOf("repository must be owner/name")).toBe("repository");
  expect(fieldOf("branch: it must not begin with a dot")).toBe("branch");
  expect(fieldOf("Something else is wrong")).toBeUndefined();
});

test("an address only brings filters that there are", () => {
  expect(parseSearch({ status: "failed", q: "a", agent: "", other: 1 })).toEqual({ status: "failed", q: "a" });
  expect(parseSearch({ status: "nonsense" })).toEqual({});
});

test("all words of a search must be somewhere in the task", () => {
  const task = { title: "Fix the login", repository: "acme/web", branch: "sesame/task-1", id: "task_1", agent: "demo" } as never;
  expect(matches(task, { q: "login acme" })).toBe(true);
  expect(matches(task, { q: "login other" })).toBe(false);
  expect(matches(task, { agent: "codex" })).toBe(false);
});
