import { expect, test } from "vitest";
import { steps } from "./steps";

const NOTHING = { agent: false, github: false, task: false };

test("a step is done, skipped or open, in their order", () => {
  expect(steps({ ...NOTHING, agent: true }, ["github"])).toEqual([
    { name: "agent", state: "done" },
    { name: "github", state: "skipped" },
    { name: "task", state: "open" },
  ]);
});

test("what is done counts, skipped or not", () => {
  expect(steps({ ...NOTHING, task: true }, ["task", "unheard-of"])[2]).toEqual({ name: "task", state: "done" });
});
