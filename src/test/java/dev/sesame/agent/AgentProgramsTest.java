package dev.sesame.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With a stand-in for npm; the real one is used by the tests tagged `agents`.
class AgentProgramsTest {
    private static final String AGENT = "claude-code";
    private static final String VERSION = AgentPackage.of(AGENT).version();

    @TempDir
    Path directory;

    private final List<String> progress = new ArrayList<>();
    private Path agents;
    private Map<String, String> environment;

    @BeforeEach
    void prepare() throws IOException {
        agents = directory.resolve("agents");
        Files.createDirectories(directory.resolve("bin"));
        environment = new HashMap<>(
                Map.of("PATH", directory.resolve("bin") + ":/usr/bin:/bin", "HOME", directory.toString()));
    }

    @Test
    void aProgramIsInstalledAndShownReadOnlyToTheSandbox() throws IOException {
        npmThatInstalls(VERSION);

        Program program = programs().install(AGENT, progress::add);

        Path place = agents.resolve(AGENT).resolve(VERSION);
        assertThat(program.version()).isEqualTo(VERSION);
        assertThat(program.mounts()).containsExactly(new Mount(place, "/opt/sesame/agents/claude-code", false));
        String command = program.command().getFirst();
        Path onHost = place.resolve(command.substring("/opt/sesame/agents/claude-code/".length()));
        assertThat(onHost).isExecutable();
        assertThat(Files.getPosixFilePermissions(onHost))
                .contains(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);
        assertThat(Files.getPosixFilePermissions(place)).contains(PosixFilePermission.OTHERS_EXECUTE);
        assertThat(progress).first().asString().startsWith("Installing Claude Code " + VERSION);
        assertThat(progress).contains("npm: added 1 package");
    }

    @Test
    void whatIsThereIsUsedWithoutAWord() throws IOException {
        npmThatInstalls(VERSION);
        programs().install(AGENT, progress::add);
        progress.clear();

        programs().install(AGENT, progress::add);

        assertThat(progress).isEmpty();
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void callersAtTheSameTimeInstallOnce() throws Exception {
        npmThatInstalls(VERSION);

        List<Callable<Program>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(() -> programs().install(AGENT, line -> {}));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Program> program : threads.invokeAll(callers)) {
                assertThat(program.get().version()).isEqualTo(VERSION);
            }
        }
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void anInstallationThatWasBrokenOffIsBegunAnew() throws IOException {
        Path left = Files.createDirectories(agents.resolve(AGENT).resolve(".unfinished-123/node_modules"));
        npmThatInstalls(VERSION);

        programs().install(AGENT, progress::add);

        assertThat(left).doesNotExist();
        assertThat(visible(agents.resolve(AGENT))).containsExactly(VERSION);
    }

    @Test
    void npmsOwnLastWordsAreInTheFailure() throws IOException {
        script("npm", "echo 'npm error code ENOTFOUND'; echo 'npm error network no such host' >&2; exit 1");

        assertThatThrownBy(() -> programs().install(AGENT, progress::add))
                .isInstanceOf(AgentInstallException.class)
                .hasMessageContaining("@anthropic-ai/claude-code@" + VERSION)
                .hasMessageContaining("npm error code ENOTFOUND")
                .hasMessageContaining("no such host");
        assertThat(visible(agents.resolve(AGENT))).isEmpty();
    }

    @Test
    void withoutNpmItSaysWhatToInstall() {
        environment.put("PATH", directory.resolve("bin").toString());

        assertThatThrownBy(() -> programs().install(AGENT, progress::add))
                .isInstanceOf(AgentInstallException.class)
                .hasMessageContaining("Install Node.js 22");
    }

    @Test
    void anotherVersionThanAskedForIsRefused() throws IOException {
        npmThatInstalls("1.0.0");

        assertThatThrownBy(() -> programs().install(AGENT, progress::add))
                .isInstanceOf(AgentInstallException.class)
                .hasMessageContaining("1.0.0 (Claude Code)");
        assertThat(visible(agents.resolve(AGENT))).isEmpty();
    }

    @Test
    void npmSeesItsSettingsAndNoSecretsOfOurs() throws IOException {
        npmThatInstalls(VERSION);
        environment.put("npm_config_registry", "http://localhost:1/");
        environment.put("ENCRYPTION_KEY", "0123456789");

        programs().install(AGENT, progress::add);

        assertThat(Files.readAllLines(directory.resolve("environment")))
                .contains("npm_config_registry=http://localhost:1/")
                .noneMatch(line -> line.contains("0123456789"));
    }

    @Test
    void aGivenProgramIsUsedInsteadAndOnlyItIsShown() throws IOException {
        Path own = script("my-claude", "echo '9.9.9 (Claude Code)'");

        Program program = new AgentPrograms(agents, Map.of(AGENT, own), environment).install(AGENT, progress::add);

        assertThat(program)
                .isEqualTo(new Program(
                        List.of(new Mount(own.toRealPath(), "/opt/sesame/agents/claude-code/my-claude", false)),
                        List.of("/opt/sesame/agents/claude-code/my-claude"),
                        "9.9.9 (Claude Code)"));
    }

    @Test
    void aGivenProgramThatIsNotThereIsNamed() {
        Path own = directory.resolve("nowhere");

        assertThatThrownBy(() -> new AgentPrograms(agents, Map.of(AGENT, own), environment).install(AGENT, _ -> {}))
                .isInstanceOf(AgentInstallException.class)
                .hasMessageContaining(own.toString());
    }

    @Test
    void theListTellsWhatIsInstalled() throws IOException {
        npmThatInstalls(VERSION);
        assertThat(programs().list()).allMatch(entry -> entry.path() == null);

        programs().install(AGENT, progress::add);

        assertThat(programs().list())
                .filteredOn(entry -> entry.path() != null)
                .extracting(AgentPrograms.Entry::agent, AgentPrograms.Entry::version)
                .containsExactly(tuple(AGENT, VERSION));
    }

    @Test
    void anExaminationRunsWhatIsThereAndTellsWhatElseIs() throws IOException {
        npmThatInstalls(VERSION);
        programs().install(AGENT, progress::add);
        Files.createDirectories(agents.resolve(AGENT).resolve("1.0.0"));
        Files.createDirectories(agents.resolve(AGENT).resolve(".unfinished-1"));

        AgentExamination found = programs().examine(AGENT);

        assertThat(found.asTested()).isTrue();
        assertThat(found.found()).isEqualTo(VERSION + " (Claude Code)");
        assertThat(found.others()).containsExactly("1.0.0");
        assertThat(found.brokenOff()).isTrue();
    }

    @Test
    void aProgramThatDoesNotRunIsTroubleInItsOwnWords() throws IOException {
        Path own = script("my-claude", "echo 'no such library'; exit 127");

        AgentExamination found = new AgentPrograms(agents, Map.of(AGENT, own), environment).examine(AGENT);

        assertThat(found.found()).isEmpty();
        assertThat(found.trouble()).contains("exit code 127").contains("no such library");
    }

    @Test
    void otherVersionsAreRemovedAndThisReleasesKept() throws IOException {
        npmThatInstalls(VERSION);
        programs().install(AGENT, progress::add);
        Files.createDirectories(agents.resolve(AGENT).resolve("1.0.0/node_modules"));

        programs().removeOthers(AGENT, progress::add);

        assertThat(visible(agents.resolve(AGENT))).containsExactly(VERSION);
        assertThat(progress).last().isEqualTo("Removed Claude Code 1.0.0");
    }

    private AgentPrograms programs() {
        return new AgentPrograms(agents, Map.of(), environment);
    }

    private void npmThatInstalls(String version) throws IOException {
        String program = AgentPackage.of(AGENT).programsHere().getFirst();
        script("npm", """
                umask 077
                echo call >> "$HOME/calls"
                env > "$HOME/environment"
                for word; do case $word in --prefix=*) prefix=${word#--prefix=};; esac; done
                mkdir -p "$(dirname "$prefix/%1$s")"
                printf '#!/bin/sh\\necho "%2$s (Claude Code)"\\n' > "$prefix/%1$s"
                chmod 700 "$prefix/%1$s"
                echo 'added 1 package'
                """.formatted(program, version));
    }

    private Path script(String name, String body) throws IOException {
        Path file = directory.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private long calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls")).size();
    }

    private static List<String> visible(Path place) throws IOException {
        try (var entries = Files.list(place)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .toList();
        }
    }
}
