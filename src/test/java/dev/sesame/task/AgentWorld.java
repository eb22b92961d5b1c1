package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.ModelServer;
import dev.sesame.git.TestGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A server with the agents' real programs, installed once for all tests, which talk to a scripted model.
public record AgentWorld(ModelServer model, TaskWorld tasks) implements AutoCloseable {
    /// The MCP server that [#addGreeter] adds, and the branch with its script.
    public static final String GREETER = "greeter";

    /// @param directory an empty one, for the server's data
    /// @param settings in addition, as environment variables
    public static AgentWorld start(Path directory, Map<String, String> settings) throws IOException {
        Path agents = Files.createDirectories(Path.of("target/agents")).toRealPath();
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.createSymbolicLink(data.resolve("agents"), agents);
        ModelServer model = ModelServer.start();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("DATA_DIR", data.toString());
        for (String provider : List.of("ANTHROPIC", "OPENAI", "GEMINI")) {
            environment.put(provider + "_API_KEY", ModelServer.GOOD_KEY);
        }
        environment.put("ANTHROPIC_BASE_URL", model.url());
        environment.put("OPENAI_BASE_URL", model.url() + "/v1");
        environment.put("GOOGLE_GEMINI_BASE_URL", model.url());
        return new AgentWorld(model, new TaskWorld(environment));
    }

    /// Gives the user an MCP server that greets with its arguments and what is in its environment.
    ///
    /// @param directory where its script's repository is made
    public void addGreeter(Path directory, Map<String, String> environment) throws IOException {
        Path work = directory.resolve("work");
        TestGit.init(work)
                .write(GREETER, Files.readString(Path.of("src/test/resources/agents/greeter")))
                .commit("Greet");
        tasks.repository.run("fetch", "-q", work.toString(), "main:" + GREETER);
        var server = Map.of(
                "name",
                GREETER,
                "command",
                "/bin/sh",
                "args",
                List.of("/workspace/greeter", "and all"),
                "env",
                environment);
        assertThat(tasks.user().post("/api/mcp-servers", server).status()).isEqualTo(201);
    }

    @Override
    public void close() {
        tasks.close();
        model.close();
    }
}
