import { visible } from "./safe";

type Input = Record<string, unknown>;

function field(input: Input, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = input[name];
    if (typeof value === "string" && value !== "") return value;
    if (Array.isArray(value) && value.every((part) => typeof part === "string") && value.length > 0) return value.join(" ");
  }
  return undefined;
}

function object(input: unknown): Input {
  return typeof input === "object" && input !== null ? (input as Input) : {};
}

/** The command that a call runs, if it runs one. Shells' own wrapping is taken off: `bash -lc '…'`. */
export function command(input: unknown): string | undefined {
  const found = field(object(input), "command", "cmd", "script");
  const wrapped = /^(?:\/usr)?(?:\/bin\/)?(?:ba|z)?sh -l?c (['"])([\s\S]*)\1$/.exec(found ?? "");
  return wrapped?.[2] ?? found;
}

export function path(input: unknown): string | undefined {
  const found = field(object(input), "file_path", "filePath", "path", "notebook_path", "filename", "file");
  return found?.replace(/^\/workspace\/(?:repo\/)?/, "");
}

function paths(input: Input): string | undefined {
  const changes = input["changes"];
  const list = Array.isArray(changes) ? changes : Object.keys(object(changes)).map((name) => ({ path: name }));
  const names = list.map((change) => path(change)).filter((name) => name !== undefined);
  return names.length > 0 ? names.join(", ") : undefined;
}

/** What a call is about, on one line. */
export function summary(input: unknown, description: string | null): string {
  const all = object(input);
  const found =
    command(input) ??
    path(input) ??
    paths(all) ??
    field(all, "pattern", "query", "url", "description", "prompt", "title", "name") ??
    description ??
    Object.values(all).find((value): value is string => typeof value === "string") ??
    "";
  return visible(found.split("\n", 1)[0] ?? "").slice(0, 300);
}

export interface Edit {
  path: string;
  before: string;
  after: string;
}

/** What a call changes in files, as far as its input says. */
export function edits(input: unknown): Edit[] {
  const all = object(input);
  const file = path(input) ?? "";
  const one = (each: Input): Edit[] => {
    const before = field(each, "old_string", "oldString", "old_str", "oldText");
    const after = field(each, "new_string", "newString", "new_str", "newText");
    return before === undefined && after === undefined ? [] : [{ path: file, before: before ?? "", after: after ?? "" }];
  };
  if (Array.isArray(all["edits"])) return all["edits"].flatMap((each) => one(object(each)));
  const direct = one(all);
  if (direct.length > 0) return direct;
  const content = field(all, "content", "contents", "file_text");
  return file !== "" && content !== undefined ? [{ path: file, before: "", after: content }] : [];
}

/** A unified diff in a call's input: Codex's patches. */
export function patch(input: unknown): string | undefined {
  const changes = object(input)["changes"];
  if (!Array.isArray(changes)) return field(object(input), "patch", "diff");
  const found = changes.map((change) => field(object(change), "diff")).filter((each) => each !== undefined);
  return found.length > 0 ? found.join("\n") : undefined;
}

/** The whole input for who wants to see it. */
export function json(input: unknown): string {
  return visible(JSON.stringify(input, null, 2) ?? "");
}
