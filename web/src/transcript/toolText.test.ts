import { expect, test } from "vitest";
import { command, edits, patch, summary } from "./toolText";

test("a call is told by its command, its file or what it looks for", () => {
  expect(summary({ command: "make test\nmore", description: "x" }, null)).toBe("make test");
  expect(summary({ command: "/bin/bash -lc 'echo a'" }, null)).toBe("echo a");
  expect(summary({ file_path: "/workspace/src/a.ts", content: "x" }, null)).toBe("src/a.ts");
  expect(summary({ pattern: "TODO" }, null)).toBe("TODO");
  expect(summary({ changes: [{ path: "/workspace/repo/a" }, { path: "b" }] }, null)).toBe("a, b");
  expect(summary({}, "says what it does")).toBe("says what it does");
  expect(summary("no object", null)).toBe("");
});

test("a command that hides its end shows it", () => {
  expect(summary({ command: "ls\u202e" }, null)).toBe("ls‹U+202E›");
});

test("a command given as words is joined", () => {
  expect(command({ command: ["git", "status"] })).toBe("git status");
});

test("edits are told by what was and what will be", () => {
  expect(edits({ file_path: "a", old_string: "x", new_string: "y" })).toEqual([{ path: "a", before: "x", after: "y" }]);
  expect(edits({ path: "a", edits: [{ oldText: "1", newText: "2" }] })).toHaveLength(1);
  expect(edits({ path: "a", content: "new" })).toEqual([{ path: "a", before: "", after: "new" }]);
  expect(edits({ command: "ls" })).toEqual([]);
});

test("a patch in the input is found", () => {
  expect(patch({ changes: [{ path: "a", diff: "@@ -1 +1 @@\n-x\n+y" }] })).toContain("+y");
  expect(patch({ command: "ls" })).toBeUndefined();
});
