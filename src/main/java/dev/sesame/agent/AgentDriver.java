package dev.sesame.agent;

import dev.sesame.sandbox.SandboxCommand.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How to run one agent. One instance per agent, shared by all tasks and threads.
public interface AgentDriver {

    /// The agent's name in the API, for instance `claude-code`.
    String id();

    /// Whether it runs commands of the prompt's making, so that nothing below full isolation will do.
    default boolean demandsFullIsolation(Assignment assignment) {
        return true;
    }

    /// What is missing before a task of this user can run, in words for the user (which credential, where to set
    /// it); empty when nothing is.
    Optional<String> missing(Credentials credentials);

    /// Makes sure the agent's program is there, installing it on first use; says what it does through `progress`.
    /// Blocks. Concurrent calls install once. [AgentInstallException] with words for the user if it can't be had.
    Program install(java.util.function.Consumer<String> progress);

    /// Whether the agent can use MCP servers.
    default boolean usesMcpServers() {
        return true;
    }

    /// The file in which the agent keeps its login, and which it may write anew; empty if a task is given no
    /// such file.
    default Optional<LoginFile> loginFile() {
        return Optional.empty();
    }

    /// All files that [#launch] may put into the home, relative to it. They are taken away when the agent has
    /// ended.
    default List<Path> homeFiles() {
        return List.of();
    }

    /// The command for an assignment.
    Launch launch(Assignment assignment, Program program, Credentials credentials);

    Conversation converse(Assignment assignment);

    /// A new conversation, to be told a recording.
    default Retelling retell(Assignment assignment) {
        return Retelling.oneWay(converse(assignment));
    }

    /// One attempt's order to the agent.
    ///
    /// @param prompt what to do: the task's prompt, or the follow-up
    /// @param resume the agent's session to go on with; null starts a new one
    /// @param history earlier messages to give as context, when there is no session to resume; else empty
    /// @param workspace the clone, as the agent sees it
    /// @param home the home directory, as the agent sees it
    /// @param mcpServers what tools it is to have beside its own and the repository's
    record Assignment(
            String taskId,
            int attempt,
            String prompt,
            @Nullable String model,
            boolean ask,
            @Nullable String resume,
            List<String> history,
            String workspace,
            String home,
            List<McpServer> mcpServers) {

        /// Without MCP servers.
        public Assignment(
                String taskId,
                int attempt,
                String prompt,
                @Nullable String model,
                boolean ask,
                @Nullable String resume,
                List<String> history,
                String workspace,
                String home) {
            this(taskId, attempt, prompt, model, ask, resume, history, workspace, home, List.of());
        }

        /// What to say first: the prompt, after the earlier messages where there is no session that knows them.
        public String openingWords() {
            if (history.isEmpty()) {
                return prompt;
            }
            return "This goes on from an earlier conversation, of which only the messages are left:\n\n"
                    + String.join("\n\n", history)
                    + "\n\nThe new message is:\n\n"
                    + prompt;
        }
    }

    /// The installed program: the directories or files that the sandbox must show (read-only) and how to call it,
    /// as seen inside.
    ///
    /// @param unpacked where the parts are that the program would else unpack into each home; empty for most
    record Program(List<Mount> mounts, List<String> command, String version, Optional<String> unpacked) {
        public Program(List<Mount> mounts, List<String> command, String version) {
            this(mounts, command, version, Optional.empty());
        }
    }

    /// @param arguments program and arguments; no secret among them
    /// @param environment of the agent alone, secrets included; handed over in memory
    /// @param homeFiles files to write into the home before the start, for the agent alone: path relative to it →
    ///     content, secrets included
    record Launch(List<String> arguments, Map<String, String> environment, Map<Path, String> homeFiles) {}

    /// @param credential what [Credentials] know its content by
    /// @param path in the home
    record LoginFile(String credential, Path path) {}

    /// Secrets and addresses for this user, by name; looked up when asked.
    interface Credentials {
        Optional<String> find(String name);
    }
}
