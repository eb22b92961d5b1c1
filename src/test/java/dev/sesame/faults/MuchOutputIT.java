package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.SseReader;
import dev.sesame.task.TaskWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Agents that say much, and readers that don't listen.
class MuchOutputIT {
    private static TaskWorld world;

    @BeforeAll
    static void start() {
        world = new TaskWorld(Map.of("EVENTS_WINDOW_MILLIS", "0"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void aLineOfFiftyMegabytesIsNoTrouble() {
        String id = world.create("demo: text 3 0\ndemo: line 50000000\ndemo: text 2 0");
        List<JsonNode> log = world.follow(id);
        Logs.assertWhole(log);
        assertThat(Logs.messages(log)).startsWith("1 2 3 ").endsWith("1 2 ");
        assertThat(world.get(id).path("status").asText()).isEqualTo("completed");
        // What is shown of it says how much was left out.
        assertThat(log)
                .anySatisfy(
                        event -> assertThat(event.toString()).contains("bytes").contains("left out"));
    }

    @Test
    void readersThatNeverReadHoldUpNobody() throws IOException {
        String id = world.create("demo: text 4000 0\ndemo: write out.txt 5");
        List<Socket> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                deaf.add(deafReader(id));
            }
            List<JsonNode> log = world.follow(id);
            Logs.assertWhole(log);
            assertThat(Logs.messages(log)).containsExactly(Plot.numbers(4000));
            assertThat(world.get(id).path("status").asText()).isEqualTo("completed");

            String late = new String(deaf.getFirst().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(late).contains("id: " + (log.size() - 1) + "\n");
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    @Test
    @Tag("faults")
    void aHundredThousandEventsComeWholeAndInOrder() {
        String id = world.create("demo: text 100000 0");
        try (SseReader stream = world.user().stream("/api/tasks/" + id + "/stream?fullText=last", null)) {
            List<JsonNode> log =
                    stream.rest().stream().map(SseReader.Event::json).toList();
            assertThat(log).hasSizeGreaterThan(100_000);
            Logs.assertWhole(log);
            assertThat(String.join("", Logs.messages(log))).isEqualTo(Plot.numbers(100_000));
        }
    }

    @Test
    @Tag("faults")
    void aGigabyteEndsAtTheLimit() {
        String id = world.create("demo: flood 200000 10000");
        try (SseReader stream = world.user().stream("/api/tasks/" + id + "/stream?fullText=last", null)) {
            long events = 0;
            for (SseReader.Event event = stream.nextButPings(); event != null; event = stream.nextButPings()) {
                assertThat(event.id()).isEqualTo(Long.toString(events++));
            }
        }
        assertThat(Logs.code(world.get(id))).isEqualTo("output_limit");
        assertThat(world.user().get("/api/health").status()).isEqualTo(200);
    }

    /// Asks for the stream and reads nothing; the system's own buffer is as small as it gets.
    private static Socket deafReader(String id) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), world.server.port()));
            String request =
                    "GET /api/tasks/" + id + "/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: "
                            + world.user().header("Cookie") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
