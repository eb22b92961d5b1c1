package dev.sesame.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.client.ClientException;
import dev.sesame.client.Connection;
import dev.sesame.client.EventReader;
import dev.sesame.client.EventScreen;
import dev.sesame.client.TaskEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// What `sesame demo` shows: the product's main job from a prompt to a pushed branch, on a server that was just started
/// on a throw-away data directory, by nothing but its public API and real git.
///
/// On the way it cuts its own connection to the event stream once and resumes, and counts: what it saw must be
/// 0…n, nothing missing and nothing twice.
final class Tour {
    private static final String REPOSITORY = "hello";
    private static final String PROMPT = "Say hello to this repository";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EventScreen screen;
    private final Connection connection;
    private final String task;
    private boolean cut;
    private String isolation = "";

    private Tour(EventScreen screen, Connection connection, String task) {
        this.screen = screen;
        this.connection = connection;
        this.task = task;
    }

    /// Walks the tour; returns the exit status, 0 if all went as it should.
    ///
    /// @param base where the server answers, for instance `http://127.0.0.1:13531`
    /// @param repositories a directory of local repositories that the server knows
    static int run(URI base, Path repositories, PrintWriter out) {
        EventScreen screen = new EventScreen(out);
        Thread walker = Thread.currentThread();
        Thread watch = Thread.ofVirtual().start(() -> interruptLater(walker));
        try {
            return walk(screen, base, repositories.resolve(REPOSITORY + ".git")) ? 0 : 1;
        } catch (IOException | ClientException e) {
            screen.failure(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException e) {
            screen.failure("The tour took longer than " + PATIENCE.toSeconds() + " s; it normally takes ten.");
        } finally {
            watch.interrupt();
        }
        return 1;
    }

    private static void interruptLater(Thread walker) {
        try {
            Thread.sleep(PATIENCE);
            walker.interrupt();
        } catch (InterruptedException e) {
            // The tour is over.
        }
    }

    private static boolean walk(EventScreen screen, URI base, Path repository)
            throws IOException, ClientException, InterruptedException {
        screen.title("Sesame: from a prompt to a pushed branch");
        screen.fact("server", base + ", its data in a throw-away directory");
        TourRepository git = TourRepository.create(repository);
        screen.fact("repository", REPOSITORY + ", made just now with " + git.commits() + " commits");
        String email = "demo@example.com";
        Connection connection = Connection.withSession(
                base,
                "/api/auth/sign-up/email",
                Map.of(
                        "name",
                        "Demo",
                        "email",
                        email,
                        "password",
                        UUID.randomUUID().toString()));
        screen.fact("signed up", email + ", as the first user the admin");
        String task = connection
                .post(
                        "/api/tasks",
                        Map.of("repository", REPOSITORY, "prompt", PROMPT, "agent", "demo", "permissionMode", "ask"))
                .path("id")
                .asText();
        screen.fact("task", task + ", agent demo, permissions: ask");
        screen.fact("prompt", PROMPT);
        screen.blank();
        return new Tour(screen, connection, task).follow(git);
    }

    private boolean follow(TourRepository git) throws IOException, ClientException, InterruptedException {
        EventReader events = new EventReader(connection, task, -1, screen::note);
        while (events.read(this::show)) {
            screen.note("The connection is cut here, on purpose, and resumed after event " + events.last() + ".");
        }
        return tell(events.last(), git);
    }

    /// Shows an event; false to cut the connection after it.
    private boolean show(TaskEvent event) throws ClientException, InterruptedException {
        JsonNode body = event.body();
        screen.event(body);
        String message = body.path("logMessage").asText();
        if (message.startsWith("Isolation: ")) {
            isolation = message;
        }
        String request = body.path("permissionRequest").path("requestId").asText();
        if (!request.isEmpty()) {
            screen.note("The tour allows it, by the API.");
            connection.post("/api/tasks/" + task + "/permissions/" + request, Map.of("decision", "allow"));
        }
        boolean now = !cut && body.path("textDelta").asText().contains("agent");
        cut |= now;
        return !now;
    }

    private boolean tell(long lastSeq, TourRepository git) throws IOException, ClientException, InterruptedException {
        JsonNode end = connection.get("/api/tasks/" + task);
        if (!end.path("status").asText().equals("completed")) {
            screen.failure(
                    "The task has failed: " + end.path("error").path("message").asText());
            return false;
        }
        String branch = end.path("branch").asText();
        screen.title("The diff, from the server");
        screen.diff(new String(connection.bytes("/api/tasks/" + task + "/diff"), StandardCharsets.UTF_8));
        screen.title("The pushed branch, from the repository's own git log");
        screen.text(branch);
        screen.text(git.log(branch));
        screen.title("What happened");
        screen.text((lastSeq + 1) + " events, 0…" + lastSeq + ", none missing and none twice, over a cut connection.");
        screen.text(isolation);
        screen.title("Where to go next");
        screen.text("./sesame            starts the server for good, on http://127.0.0.1:13531");
        screen.text("./sesame doctor     says what this machine has and lacks for it");
        screen.text("./sesame help       lists the commands");
        screen.blank();
        return true;
    }
}
