package dev.sesame.agent;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The agents that come from npm: one row each, with the version that this release of Sesame was tested with. The
/// program is the native file of the platform's own package, without the launcher that npm puts before it.
///
/// @param agent the agent's name in the API
/// @param title its name for people
/// @param programs where the native program may be, below the installation; `{platform}` is npm's name for the host,
///     `{triple}` the compiler's. A program that ends in `.js` is run by Node.js
/// @param megabytes about what it takes on disk
/// @param unpacksTo the variable by which the program is told where to unpack itself; empty for most
record AgentPackage(
        String agent,
        String title,
        String npmName,
        String version,
        List<String> programs,
        int megabytes,
        String unpacksTo) {

    private static final List<AgentPackage> ALL = List.of(
            new AgentPackage(
                    "claude-code",
                    "Claude Code",
                    "@anthropic-ai/claude-code",
                    "2.1.330",
                    List.of(
                            "node_modules/@anthropic-ai/claude-code-{platform}/claude",
                            "node_modules/@anthropic-ai/claude-code-{platform}-musl/claude"),
                    364),
            new AgentPackage(
                    "codex",
                    "Codex",
                    "@openai/codex",
                    "0.169.0",
                    List.of("node_modules/@openai/codex-{platform}/vendor/{triple}/bin/codex"),
                    404),
            new AgentPackage(
                    "gemini",
                    "Gemini CLI",
                    "@google/gemini-cli",
                    "0.61.0",
                    List.of("node_modules/@google/gemini-cli/bundle/gemini.js"),
                    100),
            new AgentPackage(
                    "opencode",
                    "OpenCode",
                    "opencode-ai",
                    "1.18.33",
                    List.of(
                            "node_modules/opencode-{platform}/bin/opencode",
                            "node_modules/opencode-{platform}-musl/bin/opencode"),
                    354),
            new AgentPackage(
                    "copilot",
                    "Copilot",
                    "@github/copilot",
                    "1.0.102",
                    List.of("node_modules/@github/copilot-{platform}/copilot"),
                    424,
                    "COPILOT_PKG_CACHE_HOME"),
            new AgentPackage(
                    "amp",
                    "Amp",
                    "@sourcegraph/amp",
                    "0.0.1790142911-g7618fb",
                    List.of("node_modules/@ampcode/cli-{platform}/amp"),
                    97));

    private static final Map<String, String> ARCHITECTURES =
            Map.of("amd64", "x64", "x86_64", "x64", "aarch64", "arm64", "arm64", "arm64");

    private AgentPackage(
            String agent, String title, String npmName, String version, List<String> programs, int megabytes) {
        this(agent, title, npmName, version, programs, megabytes, "");
    }

    static List<AgentPackage> all() {
        return ALL;
    }

    static AgentPackage of(String agent) {
        return ALL.stream()
                .filter(candidate -> candidate.agent.equals(agent))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No agent of this name comes from npm: " + agent));
    }

    boolean script() {
        return programs.getFirst().endsWith(".js");
    }

    String spec() {
        return npmName + "@" + version;
    }

    List<String> programsHere() {
        String platform = platform();
        String triple = (platform.endsWith("arm64") ? "aarch64" : "x86_64")
                + (platform.startsWith("darwin") ? "-apple-darwin" : "-unknown-linux-musl");
        return programs.stream()
                .map(program -> program.replace("{platform}", platform).replace("{triple}", triple))
                .toList();
    }

    static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return (os.startsWith("mac") ? "darwin" : "linux") + "-" + ARCHITECTURES.getOrDefault(arch, arch);
    }
}
