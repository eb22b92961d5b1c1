package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.git.TestGit;
import dev.sesame.sandbox.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The step before the agent, with a stand-in for mise; the real one is in [MiseIT].
class SetupIT {
    private static final int LINES = 30;

    @Test
    void whatItPrintsIsInTheLogOnceThoughTheServerDiesAndWithoutMiseThereIsOneWarning(@TempDir Path directory)
            throws IOException {
        Path mise = Files.createDirectories(directory.resolve("bin")).resolve("mise");
        Files.writeString(mise, """
                #!/bin/sh
                version=$MISE_DATA_DIR/installs/tool/1.0
                [ "$1" != bin-paths ] || echo "$version/bin"
                [ "$1" = install ] || exit 0
                mkdir -p "$version/bin" && touch -d 2020-01-01 "$version"
                for i in $(seq 1 %d); do echo "line-$i"; sleep 0.1; done
                exit 3
                """.formatted(LINES));
        Files.setPosixFilePermissions(mise, PosixFilePermissions.fromString("rwxr-xr-x"));
        String path = mise.getParent() + ":/usr/local/bin:/usr/bin:/bin";
        try (TaskWorld world = new TaskWorld(Map.of("PATH", path))) {
            TestGit asking = TestGit.init(directory.resolve("asking"));
            asking.write(".nvmrc", "20\n").commit("Ask for a runtime");
            asking.run("push", "--quiet", world.repository.directory().toString(), "+main:main");

            String id = world.create("demo: text 1 0");
            world.awaitLog(id, "line-5");
            world.server.kill();
            world.server.restart();
            List<JsonNode> log = world.follow(id);

            assertThat(logged(log, "info").filter(line -> line.startsWith("line-")))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, LINES)
                            .mapToObj(i -> "line-" + i)
                            .toList());
            assertThat(logged(log, "warning")).singleElement().asString().contains("mise ended with exit code 3");
            assertThat(log.stream().map(event -> event.path("phase").asText())).contains("installing");
            assertThat(log.getLast().path("status").asText()).isEqualTo("completed");

            Path cache = caches(world).getFirst();
            assertThat(Files.getLastModifiedTime(cache.resolve("mise/installs/tool/1.0"))
                            .toInstant())
                    .as("the mark of its use")
                    .isAfter(Instant.now().minus(Duration.ofHours(1)));

            Files.delete(mise);
            assertThat(logged(world.follow(world.create("demo: text 1 0")), "warning"))
                    .containsExactly("mise is not installed on this host, so what .nvmrc asks for is not installed");

            world.server.stop();
            Files.setLastModifiedTime(cache, FileTime.from(Instant.EPOCH));
            world.server.restart();
            Runs.await(
                    "the end of a cache that was not used for long",
                    () -> caches(world).isEmpty());
        }
    }

    private static List<Path> caches(TaskWorld world) throws IOException {
        try (Stream<Path> children = Files.list(world.server.dataDirectory().resolve("toolchains"))) {
            return children.filter(child -> !child.endsWith("removed")).toList();
        }
    }

    static Stream<String> logged(List<JsonNode> log, String type) {
        return log.stream()
                .filter(event -> event.path("logType").asText().equals(type))
                .map(event -> event.path("logMessage").asText());
    }
}
