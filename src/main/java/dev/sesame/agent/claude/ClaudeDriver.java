package dev.sesame.agent.claude;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.agent.Conversation;
import dev.sesame.agent.CredentialNeed;
import dev.sesame.agent.CredentialNeed.Source;
import dev.sesame.agent.Retelling;
import dev.sesame.agent.wire.Json;
import dev.sesame.agent.wire.Mcp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs Claude Code without a terminal, its stdin and stdout held open for the conversation.
///
/// `auto` runs it with permission mode `bypassPermissions`, so that it depends on no answer of ours and works
/// on while the server is away; `ask` with mode `default`, where it asks before what could do harm. The
/// repository's own configuration (CLAUDE.md, settings, hooks, MCP servers) is in force; of the user's there
/// is none, since the home is the task's. Tools that need a person at a terminal, outlive the turn or leave
/// the workspace are switched off.
public final class ClaudeDriver implements AgentDriver {
    static final String API_KEY = "ANTHROPIC_API_KEY";
    static final String OAUTH_TOKEN = "CLAUDE_CODE_OAUTH_TOKEN";
    private static final String BASE_URL = "ANTHROPIC_BASE_URL";

    static final CredentialNeed NEED = new CredentialNeed(
            "Claude Code",
            List.of(
                    Source.own(OAUTH_TOKEN, "a Claude subscription's token, which `claude setup-token` makes"),
                    Source.key(API_KEY, "an Anthropic API key")));

    private static final String SWITCHED_OFF =
            "AskUserQuestion,EnterWorktree,ExitWorktree,ScheduleWakeup,CronCreate,CronDelete,CronList,Monitor";

    private static final Map<String, String> SURROUNDINGS = Map.of(
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
            "DISABLE_AUTOUPDATER", "1",
            "DISABLE_TELEMETRY", "1",
            "DISABLE_ERROR_REPORTING", "1",
            // It would retry for minutes, also what can't succeed.
            "CLAUDE_CODE_MAX_RETRIES", "3",
            // The tools of few servers are there at once; those of many are looked up.
            "ENABLE_TOOL_SEARCH", "auto",
            // A turn's end is the end of its work.
            "CLAUDE_CODE_DISABLE_BACKGROUND_TASKS", "1",
            "CLAUDE_CODE_DISABLE_CRON", "1",
            // As uid 0 it refuses to go without permission prompts unless it is told this.
            "IS_SANDBOX", "1");

    private static final Path MCP_SERVERS = Path.of(".sesame/mcp.json");

    private final AgentPrograms programs;

    public ClaudeDriver(AgentPrograms programs) {
        this.programs = programs;
    }

    @Override
    public String id() {
        return "claude-code";
    }

    @Override
    public Optional<String> missing(Credentials credentials) {
        return NEED.missing(credentials);
    }

    @Override
    public Program install(Consumer<String> progress) {
        return programs.install(id(), progress);
    }

    @Override
    public Launch launch(Assignment assignment, Program program, Credentials credentials) {
        List<String> arguments = new ArrayList<>(program.command());
        arguments.addAll(List.of(
                "-p",
                "--input-format=stream-json",
                "--output-format=stream-json",
                "--verbose",
                "--include-partial-messages",
                "--permission-prompt-tool=stdio",
                "--permission-mode=" + (assignment.ask() ? "default" : "bypassPermissions"),
                "--disallowedTools=" + SWITCHED_OFF));
        if (assignment.model() != null) {
            arguments.add("--model=" + assignment.model());
        }
        if (assignment.resume() != null) {
            arguments.add("--resume=" + assignment.resume());
        }
        Map<Path, String> files = new LinkedHashMap<>();
        if (!assignment.mcpServers().isEmpty()) {
            arguments.add("--mcp-config=" + assignment.home() + "/" + MCP_SERVERS);
            var servers = Json.object();
            servers.set("mcpServers", Mcp.servers(assignment.mcpServers()));
            files.put(MCP_SERVERS, Json.write(servers));
        }
        return new Launch(List.copyOf(arguments), environment(credentials), files);
    }

    @Override
    public List<Path> homeFiles() {
        return List.of(MCP_SERVERS);
    }

    /// A subscription's token goes before an API key: who set both chose it for this agent. The CLI would take
    /// the key, so it gets only one.
    private static Map<String, String> environment(Credentials credentials) {
        Map<String, String> environment = new LinkedHashMap<>(SURROUNDINGS);
        Optional<String> token = credentials.find(OAUTH_TOKEN);
        token.ifPresent(value -> environment.put(OAUTH_TOKEN, value));
        if (token.isEmpty()) {
            credentials.find(API_KEY).ifPresent(value -> environment.put(API_KEY, value));
        }
        credentials.find(BASE_URL).ifPresent(value -> environment.put(BASE_URL, value));
        return environment;
    }

    @Override
    public Conversation converse(Assignment assignment) {
        return new ClaudeConversation(Dialect.CLAUDE_CODE, assignment);
    }

    @Override
    public Retelling retell(Assignment assignment) {
        return new ClaudeRetelling(converse(assignment));
    }
}
