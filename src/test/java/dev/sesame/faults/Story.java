package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One task from its creation to the last event, with its readers.
final class Story {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final World world;
    private final Plot plot;
    private final Random random;
    private final List<Reader> readers = new ArrayList<>();
    private volatile boolean over;
    private String id = "";
    private JsonNode task;

    Story(World world, Plot plot, Random random) {
        this.world = world;
        this.plot = plot;
        this.random = random;
        this.task = Api.JSON.createObjectNode();
    }

    /// Plays it and checks that it ended as it must; returns the readers' reconnects.
    int play() throws InterruptedException {
        create();
        List<CompletableFuture<Void>> reading = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            Reader reader = new Reader(world.api(), id, new Random(random.nextLong()), () -> over, this::witness);
            readers.add(reader);
            CompletableFuture<Void> read = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> complete(read, reader));
            reading.add(read);
        }
        try {
            plot.act(this);
            awaitEnd();
        } finally {
            over = true;
        }
        for (CompletableFuture<Void> read : reading) {
            join(read);
        }
        check();
        return readers.stream().mapToInt(Reader::reconnects).sum();
    }

    private void create() throws InterruptedException {
        Map<String, String> body = Map.of(
                "prompt",
                plot.prompt(),
                "agent",
                "demo",
                "repository",
                "faults",
                "permissionMode",
                plot.ask() ? "ask" : "auto");
        Map<String, String> once = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        id = world.api()
                .post("/api/tasks", body, once)
                .expect(201)
                .body()
                .path("id")
                .asText();
    }

    private static void complete(CompletableFuture<Void> read, Reader reader) {
        try {
            reader.read();
            read.complete(null);
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            read.completeExceptionally(e);
        }
    }

    private void join(CompletableFuture<Void> read) throws InterruptedException {
        try {
            read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("A reader of " + this, e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("A reader of " + this + " does not end", e);
        }
    }

    private void witness(JsonNode event) {
        world.chaos().progress();
        switch (event.path("phase").asText()) {
            case "cloning" -> world.chaos().tempt("clone");
            case "pushing" -> world.chaos().tempt("finish");
            default -> {}
        }
    }

    JsonNode awaitKind(String kind) throws InterruptedException {
        Reader reader = readers.getFirst();
        await(() -> reader.find(kind) != null || terminal(0));
        JsonNode event = reader.find(kind);
        if (event == null) {
            throw new AssertionError(this + " has ended without " + kind);
        }
        return event;
    }

    Api.Answer post(String moment, String path, Map<String, String> body) throws InterruptedException {
        world.chaos().tempt(moment);
        return world.api().post("/api/tasks/" + id + path, body);
    }

    void retryAfterFailure() throws InterruptedException {
        await(() -> terminal(1));
        assertThat(task.path("status").asText()).as(toString()).isEqualTo("failed");
        Api.Answer answer = post("retry", "/retry", Map.of());
        answer.expect(200, answer.repeated() ? 409 : 200);
    }

    /// Sends it exactly once: when the answer is lost, looks whether it came.
    void followUp(String prompt) throws InterruptedException {
        String marked = prompt + "\n" + UUID.randomUUID();
        while (true) {
            world.chaos().tempt("follow-up");
            Api.Answer answer = world.api().tryPost("/api/tasks/" + id + "/messages", Map.of("prompt", marked));
            if (answer == null ? has(marked) : answer.status() == 201) {
                return;
            }
            if (answer != null && answer.status() != 503) {
                answer.expect(201);
            }
        }
    }

    private boolean has(String content) throws InterruptedException {
        JsonNode queued = world.api()
                .get("/api/tasks/" + id + "/messages/queued")
                .expect(200)
                .body();
        return queued.findValuesAsText("prompt").contains(content)
                || refresh().path("messages").findValuesAsText("content").contains(content);
    }

    private JsonNode refresh() throws InterruptedException {
        task = world.api().get("/api/tasks/" + id).expect(200).body();
        return task;
    }

    private boolean terminal(int attempts) throws InterruptedException {
        String status = refresh().path("status").asText();
        return (status.equals("completed") || status.equals("failed"))
                && task.path("attempt").asInt() >= attempts;
    }

    private void awaitEnd() throws InterruptedException {
        await(() -> terminal(0));
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private void await(Condition condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(this + " does not end: " + task);
            }
            Thread.sleep(100);
        }
    }

    private void check() throws InterruptedException {
        List<JsonNode> log = log();
        for (Reader reader : readers) {
            assertThat(reader.events()).as("what a reader of " + this + " saw").isEqualTo(log);
        }
        int dones = 0;
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).path("kind").asText().equals("done")) {
                dones++;
                boolean last = i + 1 == log.size();
                assertThat(last || log.get(i + 1).path("kind").asText().equals("status"))
                        .as("done is the last event of an attempt of " + this + ", then came "
                                + log.subList(i + 1, log.size()))
                        .isTrue();
            }
        }
        assertThat(dones)
                .as("one done per attempt of " + this)
                .isEqualTo(task.path("attempt").asInt());
        assertThat(log.getLast().path("kind").asText()).isEqualTo("done");
        plot.check(this);
    }

    /// The log in pages.
    private List<JsonNode> log() throws InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        while (true) {
            String path = "/api/tasks/" + id + "/events?after=" + (events.size() - 1);
            JsonNode page = world.api().get(path).expect(200).body().path("events");
            if (page.isEmpty()) {
                return events;
            }
            page.forEach(events::add);
        }
    }

    void ended(String status, String code, int attempts) {
        assertThat(task.path("status").asText()).as(this + " " + task).isEqualTo(status);
        assertThat(task.path("error").path("code").asText()).as(toString()).isEqualTo(code);
        if (attempts > 0) {
            assertThat(task.path("attempt").asInt()).as("attempts of " + this).isEqualTo(attempts);
        }
    }

    /// The agent said exactly these messages.
    void said(List<String> messages) {
        assertThat(texts()).as("messages of " + this).isEqualTo(messages);
    }

    List<String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (JsonNode event : ofKind("message")) {
            texts.merge(
                    event.path("messageId").asText(), event.path("textDelta").asText(), String::concat);
        }
        return List.copyOf(texts.values());
    }

    List<JsonNode> ofKind(String kind) {
        return readers.getFirst().events().stream()
                .filter(event -> event.path("kind").asText().equals(kind))
                .toList();
    }

    /// The size of that file on the pushed branch; -1 if it is not there.
    long pushed(String file) throws InterruptedException {
        return world.size(task.path("branch").asText(), file);
    }

    String user() {
        return world.user();
    }

    @Override
    public String toString() {
        return id + " (" + plot + ")";
    }
}
