package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.git.TestGit;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real mise, from npm, with tools that the repository itself has: no network is needed.
@Tag("agents")
class MiseIT {
    private static final String VERSION = "2026.9.15";
    private static final Path PLACE = Path.of("target/mise").toAbsolutePath();

    @TempDir
    static Path host;

    private static TaskWorld world;

    @TempDir
    Path scratch;

    private TestGit work;

    @BeforeAll
    static void start() throws Exception {
        Path bin = PLACE.resolve("node_modules/@jdxcode/mise-linux-x64/bin");
        if (!Files.isExecutable(bin.resolve("mise"))) {
            Files.createDirectories(PLACE);
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--prefix=" + PLACE,
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund",
                            "@jdxcode/mise-linux-x64@" + VERSION)
                    .inheritIO()
                    // Node would make our own input non-blocking, which this JVM is steered by.
                    .redirectInput(new File("/dev/null"))
                    .start();
            assertThat(npm.waitFor()).isZero();
        }
        world = new TaskWorld(Map.of("PATH", bin + ":/usr/local/bin:/usr/bin:/bin", "HOME", host.toString()));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void begin() {
        work = TestGit.init(scratch);
    }

    @Test
    void runtimesAndDependenciesAreThereForTheAgentAndNothingOfThemIsCommitted() throws IOException {
        tool("go", "echo go version go99.1");
        write("mise.toml", "[tools]\ngo = \"path:/workspace/tools/go\"\n");
        dependencies();
        write(".gitignore", "node_modules\n");

        List<JsonNode> log =
                perform("demo: run go version\ndemo: run cat node_modules/dep/package.json\ndemo: write out.txt 10");

        assertThat(outputs(log)).hasSize(3);
        assertThat(outputs(log).getFirst()).contains("go version go99.1");
        assertThat(outputs(log).get(1)).contains("\"name\": \"dep\"");
        assertThat(SetupIT.logged(log, "command"))
                .anyMatch(line -> line.endsWith("mise install"))
                .anyMatch(line -> line.startsWith("npm ci"));
        assertThat(SetupIT.logged(log, "warning")).isEmpty();
        String branch = world.get(last).path("branch").asText();
        assertThat(world.repository.run("diff", "--name-only", "main", branch)).isEqualTo("out.txt");
    }

    @Test
    void whatCanNotBeInstalledIsAWarningAndTheAgentStartsAllTheSame() throws IOException {
        write(".tool-versions", "no-such-tool 1.0\n");
        dependencies();

        List<JsonNode> log = perform("demo: text 1 0");

        assertThat(SetupIT.logged(log, "warning"))
                .anyMatch(line -> line.contains("mise ended with exit code"))
                .anyMatch(line -> line.contains("does not ignore node_modules"));
        assertThat(log.getLast().path("status").asText()).isEqualTo("completed");
    }

    @Test
    void aHostileConfigurationRunsNothingOutsideTheSandbox() throws IOException {
        write("mise.toml", """
                [env]
                _.source = "./spy.sh"
                [tools]
                go = "path:/workspace/tools/go"
                """);
        write("spy.sh", "env > /workspace/seen\ntouch " + host + "/touched /tmp/touched-by-mise\n");
        tool("go", "echo go");

        List<JsonNode> log = perform("demo: run cat seen || echo nothing was run");

        assertThat(outputs(log).getFirst())
                .doesNotContain("ENCRYPTION_KEY", "SESAME", world.server.dataDirectory() + "");
        assertThat(host).isEmptyDirectory();
        assertThat(Path.of("/tmp/touched-by-mise")).doesNotExist();
    }

    private String last = "";

    private List<JsonNode> perform(String prompt) {
        work.commit("Ask");
        work.run("push", "--quiet", world.repository.directory().toString(), "+HEAD:main");
        last = world.create(prompt);
        return world.follow(last);
    }

    private static List<String> outputs(List<JsonNode> log) {
        return log.stream()
                .filter(event -> event.path("kind").asText().equals("tool_result"))
                .map(event -> event.path("toolResult").path("output").asText())
                .toList();
    }

    private void dependencies() {
        write(
                "package.json",
                "{\"name\": \"app\", \"version\": \"1.0.0\", \"dependencies\": {\"dep\": \"file:dep\"}}\n");
        write("dep/package.json", "{\"name\": \"dep\", \"version\": \"1.0.0\"}\n");
        write("package-lock.json", """
                {"name": "app", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
                  "": {"name": "app", "version": "1.0.0", "dependencies": {"dep": "file:dep"}},
                  "dep": {"version": "1.0.0"},
                  "node_modules/dep": {"resolved": "dep", "link": true}}}
                """);
    }

    private void tool(String name, String body) throws IOException {
        write("tools/" + name + "/bin/" + name, "#!/bin/sh\n" + body + "\n");
        assertThat(scratch.resolve("tools/" + name + "/bin/" + name).toFile().setExecutable(true))
                .isTrue();
    }

    private void write(String path, String content) {
        work.write(path, content);
    }
}
