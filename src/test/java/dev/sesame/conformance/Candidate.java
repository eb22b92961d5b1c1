package dev.sesame.conformance;

import java.util.List;
import java.util.Map;

/// An agent of the suite.
///
/// @param model one whose tools the script knows; also what the probe of the model's choice looks for
/// @param asked how the vendor's API is told that model
/// @param cannot probe → why not; that it really can't is checked too
record Candidate(String agent, String model, String asked, Map<Probe, String> cannot) {

    private static final String NO_COMMANDS =
            "Gemini CLI passes on neither output nor exit status of the commands it runs over ACP; each looks completed";
    private static final String NO_TOKENS =
            "OpenCode tells the tokens of the last request only, which is not the task's usage; its cost is told";

    static final List<Candidate> ALL = List.of(
            new Candidate("claude-code", "claude-sonnet-4-5", "claude-sonnet-4-5", Map.of()),
            new Candidate("codex", "gpt-5.2-codex", "gpt-5.2-codex", Map.of()),
            new Candidate(
                    "gemini",
                    "gemini-2.5-flash",
                    "gemini-2.5-flash",
                    Map.of(
                            Probe.OUTPUT,
                            NO_COMMANDS,
                            Probe.FAILING,
                            NO_COMMANDS,
                            Probe.EXIT_STATUS,
                            NO_COMMANDS,
                            Probe.HUGE,
                            NO_COMMANDS)),
            new Candidate(
                    "opencode", "anthropic/claude-sonnet-4-5", "claude-sonnet-4-5", Map.of(Probe.TOKENS, NO_TOKENS)),
            new Candidate("copilot", "claude-sonnet-4-5", "claude-sonnet-4-5", Map.of()));

    @Override
    public String toString() {
        return agent;
    }
}
