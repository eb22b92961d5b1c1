package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server on a host where bubblewrap does not work, so that it isolates less than agents demand.
final class LesserIsolationIT {

    private static final String SCRIPT = "demo: run echo ran > ran.txt";

    @TempDir
    private Path programs;

    private TaskWorld world;

    @BeforeEach
    void start() throws IOException {
        // Readable for all: the server may try it under another user's id.
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path bwrap = Files.writeString(programs.resolve("bwrap"), "#!/bin/sh\necho 'not on this host' >&2\nexit 1\n");
        Files.setPosixFilePermissions(bwrap, PosixFilePermissions.fromString("rwxr-xr-x"));
        world = new TaskWorld(Map.of("PATH", programs + ":" + System.getenv("PATH")));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void what_demands_full_isolation_is_refused_and_runs_nothing_until_an_admin_switches_security_off() {
        JsonNode sandbox = world.user().get("/api/admin/system").json().path("sandbox");
        assertThat(sandbox.path("isolation").asText()).isIn("process", "none");
        assertThat(sandbox.path("description").asText()).contains("not on this host");
        String id = world.create(SCRIPT);
        List<JsonNode> events = world.follow(id);
        assertRefused(id, events);

        assertThat(world.user().post("/api/tasks/" + id + "/retry", null).status())
                .isEqualTo(200);
        world.awaitDone(id, events.size() - 1);
        List<JsonNode> both = world.follow(id);
        assertRefused(id, both);

        Map<String, Boolean> off = Map.of("sandboxSecurity.enabled", false);
        assertThat(world.user().patch("/api/settings", off).status()).isEqualTo(200);
        world.user().post("/api/tasks/" + id + "/retry", null);
        world.awaitDone(id, both.size() - 1);
        JsonNode task = world.get(id);
        assertThat(task.path("status").asText()).as("%s", task).isEqualTo("completed");
        assertThat(world.repository.run("show", task.path("branch").asText() + ":ran.txt"))
                .isEqualTo("ran");
    }

    @Test
    void what_runs_no_command_of_the_prompts_is_done_and_says_how_little_isolates_it() {
        String id = world.create("Look around");
        List<JsonNode> events = world.follow(id);
        assertThat(world.get(id).path("status").asText()).isEqualTo("completed");
        assertThat(events)
                .anySatisfy(e -> assertThat(e.path("logMessage").asText()).matches("Isolation: (process|none)\\. .*"));

        world.user().post("/api/tasks/" + id + "/messages", Map.of("prompt", SCRIPT));
        world.awaitDone(id, events.size() - 1);
        List<JsonNode> both = world.follow(id);
        assertRefused(id, both.subList(events.size(), both.size()));
    }

    private void assertRefused(String id, List<JsonNode> events) {
        JsonNode error = world.get(id).path("error");
        assertThat(error.path("code").asText()).as("%s", error).isEqualTo("isolation_required");
        assertThat(error.path("message").asText()).contains("not on this host", "sesame doctor --fix");
        assertThat(events).extracting(e -> e.path("kind").asText()).endsWith("error", "done");
        assertThat(events).noneMatch(e -> e.path("kind").asText().equals("tool_call"));
        assertThat(events).noneMatch(e -> e.path("kind").asText().equals("message"));
    }
}
