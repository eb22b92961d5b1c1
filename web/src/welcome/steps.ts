export type StepName = "agent" | "github" | "task";
export type StepState = "done" | "skipped" | "open";

export interface Step {
  name: StepName;
  state: StepState;
}

/** What the server says is there already. */
export interface Known {
  agent: boolean;
  github: boolean;
  task: boolean;
}

const NAMES: readonly StepName[] = ["agent", "github", "task"];
const KEY = "sesame.skipped";

/** What is done counts as done, skipped or not. */
export function steps(known: Known, skipped: readonly string[]): Step[] {
  return NAMES.map((name) => ({ name, state: known[name] ? "done" : skipped.includes(name) ? "skipped" : "open" }));
}

/** Kept in this browser alone; there is no secret in it. */
export function skippedSteps(): string[] {
  return (localStorage.getItem(KEY) ?? "").split(",").filter((name) => name !== "");
}

export function keepSkipped(names: readonly string[]) {
  if (names.length === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, names.join(","));
}
