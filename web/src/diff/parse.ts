export type Change =
  | { type: "same"; text: string; old: number; new: number }
  | { type: "added"; text: string; new: number }
  | { type: "removed"; text: string; old: number };

export interface Hunk {
  head: string;
  changes: Change[];
}

/** A file of a diff, with what a reader wants to know before its lines. */
export interface FileDiff {
  path: string;
  /** Where it was before, if it was renamed or copied. */
  from: string | undefined;
  kind: "added" | "deleted" | "changed" | "renamed" | "copied";
  binary: boolean;
  added: number;
  removed: number;
  hunks: Hunk[];
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** git writes paths with special characters in quotes, other bytes than ASCII in octal. */
export function unquoted(path: string): string {
  if (!/^".*"$/.test(path)) return path;
  const bytes = [...path.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\])/gu)].flatMap(([, octal, escaped, plain]) => {
    if (octal) return [parseInt(octal, 8)];
    const named: Record<string, string> = { n: "\n", t: "\t", r: "\r" };
    return [...new TextEncoder().encode(escaped ? (named[escaped] ?? escaped) : plain)];
  });
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** The path of `a/path` or `"b/path"`. */
function named(text: string): string {
  const path = unquoted(text.replace(/\t.*$/, ""));
  return /^[ab]\//.test(path) ? path.slice(2) : path;
}

/** The path in `diff --git a/path b/path`, which is the same twice unless other lines name both. */
function headerPath(rest: string): string {
  if (rest.endsWith('"')) return named(rest.slice(rest.indexOf(' "', 1) + 1));
  return named(rest.slice(rest.length / 2 + 1));
}

/** Reads what `git diff` writes. */
export function parseDiff(diff: string): FileDiff[] {
  const files: FileDiff[] = [];
  const lines = diff.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const file = files.at(-1);
    if (line.startsWith("diff --git ")) {
      files.push({ path: headerPath(line.slice(11)), from: undefined, kind: "changed", binary: false, added: 0, removed: 0, hunks: [] });
    } else if (file && HUNK.test(line)) {
      at = hunk(lines, at, file);
    } else if (file) {
      header(file, line);
    }
  }
  return files;
}

function header(file: FileDiff, line: string) {
  const rest = (prefix: string) => (line.startsWith(prefix) ? line.slice(prefix.length) : undefined);
  const moved = rest("rename from ") ?? rest("copy from ");
  const target = rest("rename to ") ?? rest("copy to ");
  const after = rest("+++ ");
  if (line.startsWith("new file mode")) file.kind = "added";
  else if (line.startsWith("deleted file mode")) file.kind = "deleted";
  else if (/^(Binary files |GIT binary patch)/.test(line)) file.binary = true;
  else if (moved !== undefined) {
    file.kind = line.startsWith("rename") ? "renamed" : "copied";
    file.from = unquoted(moved);
  } else if (target !== undefined) file.path = unquoted(target);
  else if (after !== undefined && after !== "/dev/null") file.path = named(after);
}

/** Reads the lines of a hunk by its counts, so that nothing in them is taken for a header. Returns the last one's place. */
function hunk(lines: readonly string[], start: number, file: FileDiff): number {
  const head = lines[start]!;
  const [, oldStart, oldCount = "1", newStart, newCount = "1"] = HUNK.exec(head)!;
  let [old, next] = [Number(oldStart), Number(newStart)];
  const [oldEnd, newEnd] = [old + Number(oldCount), next + Number(newCount)];
  const changes: Change[] = [];
  let at = start;
  while (at + 1 < lines.length && (old < oldEnd || next < newEnd || lines[at + 1]!.startsWith("\\"))) {
    const line = lines[++at]!;
    const text = line.slice(1);
    if (line.startsWith("+")) changes.push({ type: "added", text, new: next++ });
    else if (line.startsWith("-")) changes.push({ type: "removed", text, old: old++ });
    else if (!line.startsWith("\\")) changes.push({ type: "same", text, old: old++, new: next++ });
  }
  file.added += changes.filter((change) => change.type === "added").length;
  file.removed += changes.filter((change) => change.type === "removed").length;
  file.hunks.push({ head, changes });
  return at;
}
