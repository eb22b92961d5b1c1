package dev.sesame.faults;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.SesameServer;
import dev.sesame.sandbox.HostNeeds;
import dev.sesame.sandbox.Runs;
import dev.sesame.task.TaskWorld;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that can't be written for a while: the server stays and says so, agents go on, and nothing is lost. A
/// full disk under the tasks ends those that write, and nothing else.
class DiskTroubleIT {
    private static final int NUMBERS = 60;

    private @TempDir Path directory;

    @Test
    @Tag("faults")
    void lockedByAnotherProcess() throws Exception {
        try (TaskWorld world = new TaskWorld(Map.of())) {
            String id = begin(world);
            Process other = lock(world.server.dataDirectory().resolve("sesame.db"));
            try {
                awaitHealth(world, 503);
            } finally {
                other.destroyForcibly().waitFor();
            }
            awaitHealth(world, 200);
            assertNothingLost(world, id);
        }
    }

    @Test
    void onAFullDisk() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        List<String> mount = smallDisk(disk, "64m");
        Map<String, String> environment = Map.of(
                "DATA_DIR", disk.resolve("data").toString(),
                "TASK_DIR_BASE", directory.resolve("tasks").toString());
        try (TaskWorld world = new TaskWorld(SesameServer.start(environment, mount))) {
            String id = begin(world);
            // The disk as the server sees it.
            Path ballast = Path.of("/proc/" + world.server.process().pid() + "/root" + disk, "ballast");
            fill(ballast);
            awaitHealth(world, 503);
            assertProblem(world.user().post("/api/tasks", TaskWorld.body("demo: text 1 1", Map.of())), 503, "");
            Files.delete(ballast);
            awaitHealth(world, 200);
            assertNothingLost(world, id);
        }
    }

    @Test
    void onAFullDiskUnderTheTasks() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        List<String> mount = smallDisk(disk, "8m");
        try (TaskWorld world = new TaskWorld(SesameServer.start(Map.of("TASK_DIR_BASE", disk.toString()), mount))) {
            String flood = world.create("demo: flood 20000 1000\ndemo: sleep 60000");
            Logs.assertWhole(world.follow(flood));
            assertThat(Logs.code(world.get(flood)))
                    .as(world.get(flood).toString())
                    .isEqualTo("output_lost");
            assertThat(world.server.anonymous().get("/api/health").status()).isEqualTo(200);

            world.user().delete("/api/tasks/" + flood);
            String modest = world.create("demo: text 5 0");
            Logs.assertWhole(world.follow(modest));
            assertThat(world.get(modest).path("status").asText())
                    .as(world.get(modest).toString())
                    .isEqualTo("completed");
        }
    }

    /// A command that runs another one where that directory is a disk of its own.
    private static List<String> smallDisk(Path disk, String size) throws IOException, InterruptedException {
        String mount = "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" && exec \"$@\"";
        List<String> command = List.of("unshare", "--mount", "sh", "-c", mount, disk.toString());
        HostNeeds.need(works(command), "the right to mount a small disk (root)");
        return command;
    }

    private static String begin(TaskWorld world) {
        String id = world.create("demo: text " + NUMBERS + " 50\ndemo: write out.txt 5");
        world.awaitEvent(id, "message");
        return id;
    }

    private static void awaitHealth(TaskWorld world, int status) {
        Runs.await(
                "health " + status,
                () -> world.server.anonymous().get("/api/health").status() == status);
    }

    private static void assertNothingLost(TaskWorld world, String id) {
        List<JsonNode> log = world.follow(id);
        Logs.assertWhole(log);
        assertThat(Logs.messages(log)).containsExactly(Plot.numbers(NUMBERS));
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo("completed");
        assertThat(task.path("attempt").asInt()).isEqualTo(1);
        assertThat(world.repository.run("cat-file", "-s", task.path("branch").asText() + ":out.txt"))
                .isEqualTo("5");
    }

    private static Process lock(Path file) throws IOException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sesame.db.LockHolder",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("locked");
        return holder;
    }

    private static boolean works(List<String> around) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(around);
        command.add("true");
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[64 << 10];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
