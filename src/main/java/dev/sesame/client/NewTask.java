package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A task that is about to be created, and what becomes of it when its creator is interrupted at any moment.
final class NewTask {
    /// CI systems kill a job some 7 to 10 seconds after they told it to end.
    private static final Duration LAST_WORDS = Duration.ofSeconds(6);

    private final Connection connection;
    private final Map<String, Object> body;
    private final String once;
    private volatile @Nullable String id;

    /// @param once the key under which the server creates it once, however often it is asked to
    NewTask(Connection connection, Map<String, Object> body, String once) {
        this.connection = connection;
        this.body = body;
        this.once = once;
    }

    /// The server's answer.
    JsonNode create() throws ClientException, InterruptedException {
        JsonNode created = connection.postOnce("/api/tasks", body, once);
        id = created.path("id").asText("");
        return created;
    }

    /// Says how to come back to it.
    String goesOn() {
        String task = id;
        return task == null
                ? "If the task was created, it goes on: sesame task list"
                : task + " goes on. Come back with: sesame task logs -f " + task;
    }

    /// Cancels it; says what came of it.
    String cancel() {
        AtomicReference<String> failure = new AtomicReference<>("");
        Thread canceller = Thread.ofVirtual().start(() -> {
            try {
                // Where the answer was still on its way, asking for the same once more tells the id.
                String task = id == null ? create().path("id").asText("") : String.valueOf(id);
                connection.post("/api/tasks/" + task + "/cancel");
            } catch (ClientException e) {
                failure.set(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                failure.set("The server did not answer in time.");
            }
        });
        try {
            if (!canceller.join(LAST_WORDS)) {
                canceller.interrupt();
                canceller.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get().isEmpty()) {
            return "Cancelled " + id + ".";
        }
        String task = id == null ? "the task, if it was created" : id;
        return "Could not cancel " + task + ": " + failure.get() + " Look with: sesame task list";
    }
}
