package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one task's stream to its end, leaving at random and coming back with `Last-Event-ID`, and checks each event as
/// it comes: its place, its SSE id, and that `fullText` is the sum of the deltas.
final class Reader {
    private final Api api;
    private final String task;
    private final Random random;
    /// Whether nothing more will be done to the task; then 204 is the end.
    private final BooleanSupplier over;

    private final Consumer<JsonNode> witness;
    private final List<JsonNode> events = new ArrayList<>();
    private final Map<String, String> messages = new HashMap<>();
    private int reconnects;

    Reader(Api api, String task, Random random, BooleanSupplier over, Consumer<JsonNode> witness) {
        this.api = api;
        this.task = task;
        this.random = random;
        this.over = over;
        this.witness = witness;
    }

    void read() throws InterruptedException {
        while (true) {
            boolean nothingToCome = over.getAsBoolean();
            try {
                HttpResponse<InputStream> answer = api.stream(task, seen() - 1);
                try (InputStream body = answer.body()) {
                    if (answer.statusCode() == 204) {
                        if (nothingToCome) {
                            return;
                        }
                    } else if (answer.statusCode() == 200) {
                        long before = seen();
                        try {
                            frames(body);
                        } finally {
                            reconnects += before > 0 && seen() > before ? 1 : 0;
                        }
                        continue;
                    } else if (answer.statusCode() != 503) {
                        throw new AssertionError("The stream answered " + answer.statusCode() + " "
                                + new String(body.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                // The server died, or was dead.
            }
            Thread.sleep(50);
        }
    }

    private void frames(InputStream body) throws IOException {
        int patience = random.nextInt(10) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(60);
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        String id = "";
        String event = "";
        for (String line = lines.readLine(); line != null && patience > 0; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ") && event.equals("event")) {
                take(id, Api.JSON.readTree(line.substring(6)));
                patience--;
            }
        }
    }

    private void take(String id, JsonNode event) {
        assertThat(event.path("seq").asLong()).as("seq in " + event).isEqualTo(seen());
        assertThat(id).isEqualTo(Long.toString(seen()));
        if (event.path("kind").asText().equals("message")) {
            String text = messages.merge(
                    event.path("messageId").asText(), event.path("textDelta").asText(), String::concat);
            assertThat(event.path("fullText").asText()).isEqualTo(text);
        }
        synchronized (this) {
            events.add(event);
        }
        witness.accept(event);
    }

    private synchronized long seen() {
        return events.size();
    }

    /// The first event of that kind, if it was seen.
    synchronized @Nullable JsonNode find(String kind) {
        return events.stream()
                .filter(event -> event.path("kind").asText().equals(kind))
                .findFirst()
                .orElse(null);
    }

    /// What was seen, without `fullText`, which the log's pages don't have.
    synchronized List<JsonNode> events() {
        return events.stream()
                .<JsonNode>map(event -> ((ObjectNode) event.deepCopy()).without("fullText"))
                .toList();
    }

    /// Connections that went on where an earlier one had ended, first ones and those that brought nothing left out.
    int reconnects() {
        return reconnects;
    }
}
