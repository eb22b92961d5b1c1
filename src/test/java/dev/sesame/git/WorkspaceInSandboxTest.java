package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.sandbox.HostNeeds;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Runs;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Limits;
import dev.sesame.sandbox.local.LocalSandboxes;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clone and commit where they belong: in full isolation, under a uid to which neither the mirror nor the kept
/// work belongs.
class WorkspaceInSandboxTest {
    @TempDir
    Path temporary;

    private LocalSandboxes provider;
    private int runs;

    @BeforeEach
    void start() {
        provider = HostNeeds.isolation(Isolation.FULL, temporary.resolve("sandboxes"));
    }

    @AfterEach
    void stop() {
        if (provider != null) {
            provider.close();
        }
    }

    @Test
    void aForeignUidClonesFromTheMirrorAndCanChangeNothingThere() throws Exception {
        var scene = new Scene(temporary);
        Base base = scene.fetch();
        Path directory = temporary.resolve("workspace");
        provider.own(directory, Runs.UID);
        var workspace = new Workspace(
                scene.repository,
                base.mirror(),
                directory,
                new Workspace.Author("Ada", "ada@example.org", List.of()),
                List.of(),
                provider::seenPath);

        Sandbox clone = run(workspace.cloneStep(base.commit(), Optional.empty(), Scene.BRANCH));
        assertThat(Runs.text(clone, Stream.STDERR)).isEmpty();
        assertThat(Runs.output(clone)).startsWith("Cloned app at ");

        Sandbox agent = run(shell(workspace, """
                echo work >work.txt
                ln -s "$(cat .git/objects/info/alternates)/../../work.git" others
                ls others/ 2>&1 | sed 's/.*: //'
                touch /run/sesame/mirror/config 2>&1 | sed 's/.*: //'
                git log --format=%s
                """));
        assertThat(Runs.output(agent))
                .matches("No such file or directory\n(Read-only file system|Permission denied)\nFirst\n");

        byte[] bundle = bytes(run(workspace.commitStep(base.commit(), "Do the work")));
        String kept =
                scene.store.importBundle(scene.repository, "task_1", 1, new ByteArrayInputStream(bundle), 1 << 20);
        assertThat(scene.store.changedPaths(scene.repository, base.commit(), kept))
                .containsExactly("others", "work.txt");

        Path start = temporary.resolve("start.bundle");
        Optional<Path> more = scene.store.startBundle(scene.repository, kept, start);
        Sandbox again = run(workspace.cloneStep(kept, more, Scene.BRANCH));
        assertThat(Runs.text(again, Stream.STDERR)).isEmpty();
        assertThat(directory.resolve("work.txt")).hasContent("work");
        assertThat(Files.isSymbolicLink(directory.resolve("others"))).isTrue();
    }

    private static Workspace.Step shell(Workspace workspace, String script) {
        return new Workspace.Step(
                List.of("sh", "-c", script), Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"), workspace.mounts());
    }

    private Sandbox run(Workspace.Step step) {
        Sandbox sandbox = provider.start(new SandboxCommand(
                temporary.resolve("control" + runs++),
                step.mounts(),
                SandboxCommand.WORKSPACE,
                step.environment(),
                step.arguments(),
                Runs.UID,
                Instant.now().plus(Runs.PATIENCE),
                Limits.NONE));
        assertThat(Runs.awaitExit(sandbox))
                .as(Runs.text(sandbox, Stream.STDERR))
                .isZero();
        return sandbox;
    }

    private static byte[] bytes(Sandbox sandbox) {
        var bytes = ByteBuffer.allocate((int) sandbox.size(Stream.STDOUT));
        while (bytes.hasRemaining() && sandbox.read(Stream.STDOUT, bytes.position(), bytes) > 0) {}
        return bytes.array();
    }
}
