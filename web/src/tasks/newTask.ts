import type { NewTask, PermissionMode, PullRequest } from "@/api/types";

/** The form's choices; a prompt is no choice, it is a draft of its own. */
export interface Choices {
  repository: string;
  branch: string;
  agent: string;
  model: string;
  permissionMode: PermissionMode;
  pullRequest: PullRequest;
  keepAlive: boolean;
  /** Of MCP servers; for this task alone. */
  mcpServers?: string[];
}

export const FIRST: Choices = {
  repository: "",
  branch: "",
  agent: "",
  model: "",
  permissionMode: "auto",
  pullRequest: "none",
  keepAlive: false,
};

const KEY = "sesame.choices";

/** What was chosen last time, in this browser. */
export function lastChoices(): Choices {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Choices>;
    const known = Object.entries(FIRST).map(([name, first]) => {
      const value = saved[name as keyof Choices];
      return [name, typeof value === typeof first ? value : first];
    });
    return Object.fromEntries(known) as Choices;
  } catch {
    return FIRST;
  }
}

/** A branch belongs to this task alone; the rest is likely to be wanted again. */
export function remember(choices: Choices) {
  localStorage.setItem(KEY, JSON.stringify({ ...choices, branch: "" }));
}

/** The body of the request: what is left empty is the server's to decide. */
export function body(prompt: string, choices: Choices): NewTask {
  const { repository, branch, agent, model, permissionMode, pullRequest, keepAlive, mcpServers } = choices;
  return {
    prompt,
    repository: repository.trim(),
    permissionMode,
    pullRequest,
    ...(agent === "" ? {} : { agent }),
    ...(branch.trim() === "" ? {} : { branch: branch.trim() }),
    ...(model.trim() === "" ? {} : { model: model.trim() }),
    ...(keepAlive ? { keepAlive } : {}),
    ...(mcpServers && agent !== "demo" ? { mcpServers } : {}),
  };
}

/** Which field a refusal is about: its sentence begins with the field's name. */
export function fieldOf(detail: string): keyof NewTask | undefined {
  const word = /^[`"']?([a-zA-Z]+)/.exec(detail)?.[1];
  const fields = ["prompt", "repository", "branch", "agent", "model", "permissionMode", "pullRequest", "keepAlive", "mcpServers"] as const;
  return fields.find((field) => field === word);
}
