import type { ReactNode } from "react";

/** A line of the palette. */
export interface Command {
  id: string;
  group: "action" | "page" | "task";
  label: string;
  /** Further words to find it by. */
  words?: string;
  icon?: ReactNode;
  keys?: string;
  run: () => void;
}

/** Those that have all words of the query, best first: a label that begins with it. */
export function matching(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const score = (command: Command) => {
    const label = command.label.toLowerCase();
    const all = `${label} ${command.words?.toLowerCase() ?? ""}`;
    if (!words.every((word) => all.includes(word))) return -1;
    return label.startsWith(words[0] ?? "") ? 2 : 1;
  };
  return commands
    .map((command) => ({ command, score: score(command) }))
    .filter((each) => each.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((each) => each.command);
}
