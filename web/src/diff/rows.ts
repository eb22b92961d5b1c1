import type { Change, FileDiff, Hunk } from "./parse";

export interface Side {
  number: number;
  text: string;
  change: Change["type"];
}

/** One line on the screen. */
export type DiffRow =
  | { type: "file"; key: string; file: number }
  | { type: "note"; key: string; file: number; note: "binary" | "empty" }
  | { type: "hunk"; key: string; file: number; text: string }
  | { type: "line"; key: string; file: number; left: Side | undefined; right: Side | undefined };

/** Rows of all files, of those that are folded only the name. */
export function rows(files: readonly FileDiff[], split: boolean, folded: (index: number) => boolean): DiffRow[] {
  return files.flatMap((file, index) => {
    const head: DiffRow = { type: "file", key: `f${index}`, file: index };
    if (folded(index)) return [head];
    if (file.hunks.length > 0) return [head, ...file.hunks.flatMap((hunk, at) => hunkRows(hunk, index, `${index}.${at}`, split))];
    return [head, { type: "note", key: `n${index}`, file: index, note: file.binary ? "binary" : "empty" }];
  });
}

function hunkRows(hunk: Hunk, file: number, key: string, split: boolean): DiffRow[] {
  const head: DiffRow = { type: "hunk", key: `h${key}`, file, text: hunk.head };
  const pairs = split ? beside(hunk.changes) : hunk.changes.map(alone);
  return [head, ...pairs.map(([left, right], at): DiffRow => ({ type: "line", key: `l${key}.${at}`, file, left, right }))];
}

type Pair = [Side | undefined, Side | undefined];

function alone(change: Change): Pair {
  const { type, text } = change;
  return [
    type === "added" ? undefined : { number: change.old, text, change: type },
    type === "removed" ? undefined : { number: change.new, text, change: type },
  ];
}

/** Removed lines beside the added ones that follow them. */
function beside(changes: readonly Change[]): Pair[] {
  const pairs: Pair[] = [];
  let removed: Pair[] = [];
  let added: Pair[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) pairs.push([removed[i]?.[0], added[i]?.[1]]);
    removed = [];
    added = [];
  };
  for (const change of changes) {
    if (change.type === "added") {
      added.push(alone(change));
      continue;
    }
    if (change.type === "same" || added.length > 0) flush();
    if (change.type === "removed") removed.push(alone(change));
    else pairs.push(alone(change));
  }
  flush();
  return pairs;
}
