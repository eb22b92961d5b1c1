package dev.sesame.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/// What `sesame demo` shows: the product's main job from a prompt to a pushed branch, on a server that was just started
/// on a throw-away data directory, by nothing but its public API and real git.
///
/// On the way it cuts its own connection to the event stream once and resumes, and counts: what it saw must be
/// 0…n, nothing missing and nothing twice.
public final class Tour {
    private static final String REPOSITORY = "hello";
    private static final String PROMPT = "Say hello to this repository";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TourApi api;
    private final TourScreen screen;
    private final Path repository;
    private long lastSeq = -1;
    private boolean cut;
    private String isolation = "";

    private Tour(TourApi api, TourScreen screen, Path repository) {
        this.api = api;
        this.screen = screen;
        this.repository = repository;
    }

    /// Walks the tour; returns the exit status, 0 if all went as it should.
    ///
    /// @param base where the server answers, for instance `http://127.0.0.1:13531`
    /// @param repositories a directory of local repositories that the server knows
    public static int run(URI base, Path repositories, PrintStream out) {
        TourScreen screen = new TourScreen(out);
        Tour tour = new Tour(new TourApi(base), screen, repositories.resolve(REPOSITORY + ".git"));
        Thread walker = Thread.currentThread();
        Thread watch = Thread.ofVirtual().start(() -> interruptLater(walker));
        try {
            return tour.walk(base) ? 0 : 1;
        } catch (IOException e) {
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

    private boolean walk(URI base) throws IOException, InterruptedException {
        screen.title("Sesame: from a prompt to a pushed branch");
        screen.fact("server", base + ", its data in a throw-away directory");
        TourRepository git = TourRepository.create(repository);
        screen.fact("repository", REPOSITORY + ", made just now with " + git.commits() + " commits");
        String email = "demo@example.com";
        api.signUp("Demo", email, UUID.randomUUID().toString());
        screen.fact("signed up", email + ", as the first user the admin");
        String task = api.createTask(REPOSITORY, PROMPT);
        screen.fact("task", task + ", agent demo, permissions: ask");
        screen.fact("prompt", PROMPT);
        screen.blank();
        while (api.stream(task, lastSeq, event -> show(task, event))) {
            screen.note("The connection is cut here, on purpose, and resumed after event " + lastSeq + ".");
        }
        return tell(task, git);
    }

    /// Shows an event; false to cut the connection after it.
    private boolean show(String task, JsonNode event) throws IOException, InterruptedException {
        long seq = event.path("seq").asLong();
        if (seq != lastSeq + 1) {
            throw new IOException("Event " + seq + " came after event " + lastSeq);
        }
        lastSeq = seq;
        screen.event(event);
        String message = event.path("logMessage").asText();
        if (message.startsWith("Isolation: ")) {
            isolation = message;
        }
        JsonNode request = event.path("permissionRequest");
        if (!request.isMissingNode()) {
            api.allow(task, request.path("requestId").asText());
        }
        boolean now = !cut && event.path("textDelta").asText().contains("agent");
        cut |= now;
        return !now;
    }

    private boolean tell(String task, TourRepository git) throws IOException, InterruptedException {
        JsonNode end = api.task(task);
        if (!end.path("status").asText().equals("completed")) {
            screen.failure(
                    "The task has failed: " + end.path("error").path("message").asText());
            return false;
        }
        String branch = end.path("branch").asText();
        screen.title("The diff, from the server");
        screen.diff(api.diff(task));
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
