package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrowAwayPlaceTest {

    @Test
    void whatAKilledOneLeftIsTakenAwayAndNothingElse(@TempDir Path temporary) throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path abandoned = Files.createDirectories(temporary.resolve("sesame-demo-" + dead.pid() + "-123"));
        Files.createDirectories(abandoned.resolve("data/tasks/task_1/1/agent-1"));
        Files.writeString(abandoned.resolve("data/node"), "node");
        Path ours = Files.createDirectory(
                temporary.resolve("sesame-demo-" + ProcessHandle.current().pid() + "-124"));
        Path another = Files.createDirectory(temporary.resolve("sesame-demo-notes"));

        ThrowAwayPlace.deleteAbandoned(ours);

        assertThat(abandoned).doesNotExist();
        assertThat(ours).exists();
        assertThat(another).exists();
    }
}
