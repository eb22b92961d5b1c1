import { texts } from "@/texts";

/** How one gets what an agent signs in with. */
export interface AgentHelp {
  /** The member of the request's `credentials`. */
  field: string;
  /** Whether it is the content of a file. */
  file: boolean;
  /** To sign in with, on one's own computer. */
  login?: string;
  /** Shows the file that was written. */
  show?: string;
  /** A page that hands it out, with what to do there. */
  site?: { text: string; address: string };
}

const t = texts.settings.agents;

export const AGENT_HELP: Record<string, AgentHelp> = {
  "claude-code": { field: "oauthToken", file: false, login: "claude setup-token" },
  codex: { field: "authJson", file: true, login: "codex login", show: "cat ~/.codex/auth.json" },
  gemini: { field: "oauthCreds", file: true, login: "gemini", show: "cat ~/.gemini/oauth_creds.json" },
  opencode: { field: "authJson", file: true, login: "opencode auth login", show: "cat ~/.local/share/opencode/auth.json" },
  copilot: {
    field: "githubToken",
    file: false,
    site: { text: t.copilotStep, address: "https://github.com/settings/personal-access-tokens/new" },
  },
  amp: { field: "apiKey", file: false, site: { text: t.ampStep, address: "https://ampcode.com/settings" } },
};

export interface AgentNames {
  name: string;
  about: string;
  field: string;
}

/** An agent that the server knows and this page does not is shown by its id. */
export function agentNames(agent: string): AgentNames {
  return (t.how as Record<string, AgentNames>)[agent] ?? { name: agent, about: "", field: agent };
}
