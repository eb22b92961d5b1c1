import { expect, test } from "vitest";
import { parseDiff } from "./parse";
import { rows } from "./rows";

const DIFF = `diff --git a/src/a.ts b/src/a.ts
index 1..2 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,4 +1,3 @@ function a
 one
-two
-three
+zwei
 four
diff --git a/new.txt b/new.txt
new file mode 100644
index 0000000..1
--- /dev/null
+++ b/new.txt
@@ -0,0 +1 @@
+hello
\\ No newline at end of file
diff --git a/old name.txt b/new name.txt
similarity index 100%
rename from old name.txt
rename to new name.txt
diff --git a/p.png b/p.png
index 1..2 100644
Binary files a/p.png and b/p.png differ
`;

const files = parseDiff(DIFF);
const none = () => false;

test("files with their kind and their counts", () => {
  expect(files.map((file) => [file.path, file.kind, file.added, file.removed, file.binary])).toEqual([
    ["src/a.ts", "changed", 1, 2, false],
    ["new.txt", "added", 1, 0, false],
    ["new name.txt", "renamed", 0, 0, false],
    ["p.png", "changed", 0, 0, true],
  ]);
  expect(files[2]?.from).toBe("old name.txt");
});

test("side by side a removed line stands beside the added one", () => {
  const lines = rows(files.slice(0, 1), true, none).filter((row) => row.type === "line");
  expect(lines.map((row) => [row.left?.text, row.right?.text])).toEqual([
    ["one", "one"],
    ["two", "zwei"],
    ["three", undefined],
    ["four", "four"],
  ]);
  expect(lines[1]).toMatchObject({ left: { number: 2, change: "removed" }, right: { number: 2, change: "added" } });
});

test("unified every change is a line of its own", () => {
  const lines = rows(files.slice(0, 1), false, none).filter((row) => row.type === "line");
  expect(lines).toHaveLength(5);
});

test("a folded file is only its name; binary and empty ones say so", () => {
  expect(rows(files, false, () => true).map((row) => row.type)).toEqual(["file", "file", "file", "file"]);
  expect(rows(files, false, none).filter((row) => row.type === "note").map((row) => row.note)).toEqual(["empty", "binary"]);
});

test("no diff, no files", () => {
  expect(parseDiff("")).toEqual([]);
});

test("a path that git quotes is read as it is", () => {
  const quoted = `diff --git "a/\\303\\244 b.txt" "b/\\303\\244 b.txt"\nnew file mode 100644\n--- /dev/null\n+++ "b/\\303\\244 b.txt"\n@@ -0,0 +1 @@\n+x\n`;
  expect(parseDiff(quoted)[0]?.path).toBe("ä b.txt");
});

test("lines that look like headers are lines", () => {
  const hostile = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a/other\n+++ b/other\n same\n";
  expect(parseDiff(hostile).map((file) => [file.path, file.added, file.removed])).toEqual([["x", 1, 1]]);
});
