package dev.sesame.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static final String STREAM = "200 OK|Content-Type: text/event-stream";
    private static final String CHUNKED = STREAM + "|Transfer-Encoding: chunked";
    private static final String PROBLEM = "|Content-Type: application/problem+json";

    private final List<Long> taken = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void readsEveryEventOnceOverAllThatAConnectionDoes() throws Exception {
        server.then(STREAM, event(0) + event(1))
                // Cut in the middle of an event, which the server sends again.
                .then(CHUNKED, chunk(event(2) + "id: 3\nevent: event\ndata: {\"seq\":3,\"kind\""))
                .then("502 Bad Gateway", "<html>nginx</html>")
                .then("503 Service Unavailable|Retry-After: 0" + PROBLEM, "{\"detail\":\"Too many streams\"}")
                .then("429 Too Many Requests|Retry-After: 0" + PROBLEM, "{\"detail\":\"Too many requests\"}")
                .then(STREAM, "event: ping\ndata: keepalive\n\n" + event(3))
                .then("204 No Content", "");

        assertThat(reader(-1).read(this::take)).isFalse();

        assertThat(taken).containsExactly(0L, 1L, 2L, 3L);
        assertThat(server.requests().stream().map(EventReaderTest::lastEventId))
                .containsExactly("", "1", "2", "2", "2", "2", "3");
        assertThat(server.requests()).allMatch(head -> head.contains("X-API-Key: sk_test"));
        assertThat(notes).hasSize(2);
        assertThat(notes.getFirst())
                .startsWith("No answer from " + server.base())
                .endsWith("Trying again…");
        assertThat(notes.getLast()).isEqualTo("Connected again, after event 2.");
    }

    @Test
    void aConnectionThatSaysNothingIsGivenUp() throws Exception {
        server.thenSilence(event(0)).then(STREAM, event(1)).then("204 No Content", "");
        assertThat(reader(-1, Duration.ofMillis(300), Duration.ofMinutes(1)).read(this::take))
                .isFalse();
        assertThat(taken).containsExactly(0L, 1L);
    }

    @Test
    void whoHadEnoughCanGoOnLater() throws Exception {
        server.then(STREAM, event(5) + event(6)).then(STREAM, event(6)).then("204 No Content", "");
        EventReader reader = reader(4);
        assertThat(reader.read(event -> take(event) && event.seq() != 5)).isTrue();
        assertThat(reader.read(this::take)).isFalse();
        assertThat(taken).containsExactly(5L, 6L);
        assertThat(lastEventId(server.requests().get(1))).isEqualTo("5");
    }

    @Test
    void aRefusalEndsIt() {
        server.then("404 Not Found" + PROBLEM, "{\"detail\":\"Task not found\"}");
        assertThatThrownBy(() -> reader(-1).read(this::take))
                .isInstanceOf(ClientException.class)
                .hasMessage("Task not found. (" + server.base() + " answers 404.)");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aServerThatStaysAwayIsNotWaitedForForever() throws Exception {
        server.close();
        server = new ScriptedServer().then(STREAM, event(0));
        EventReader reader = reader(-1, Duration.ofMinutes(1), Duration.ZERO);
        assertThat(reader.read(event -> false)).isTrue();
        server.close();
        assertThatThrownBy(() -> reader.read(this::take))
                .isInstanceOf(ClientException.class)
                .hasMessage("Nothing answers at " + server.base() + " at the moment. It has been so for 0 minutes."
                        + " What runs there is not affected.");
        assertThat(notes).containsExactly("Nothing answers at " + server.base() + " at the moment. Trying again…");
    }

    @Test
    void aServerThatNeverAnsweredIsNotWaitedFor() throws Exception {
        server.close();
        assertThatThrownBy(() -> reader(-1).read(this::take))
                .hasMessageStartingWith("Nothing answers at " + server.base() + ". Is the server running");
        assertThat(notes).isEmpty();
    }

    @Test
    void aPageThatIsNoStreamIsNotReadForEver() {
        server.then("200 OK|Content-Type: text/html", "<html>\n\nSign in</html>");
        assertThatThrownBy(() -> reader(-1).read(this::take)).hasMessageContaining("is not Sesame");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anEmptyStreamIsAFailure() throws Exception {
        server.then(STREAM, "").then(STREAM, event(0)).then("204 No Content", "");
        assertThat(reader(-1).read(this::take)).isFalse();
        assertThat(notes.getFirst()).contains("the stream ended before it began. Trying again…");
        assertThat(taken).containsExactly(0L);
    }

    @Test
    void aGapIsNotPassedOver() {
        server.then(STREAM, event(0) + event(2));
        assertThatThrownBy(() -> reader(-1).read(this::take))
                .hasMessageContaining("Event 2 of task_a came after event 0");
        assertThat(taken).containsExactly(0L);
    }

    @Test
    void whatIsNoSesameIsSaid() {
        server.then(STREAM, "event: event\ndata: hello\n\n");
        assertThatThrownBy(() -> reader(-1).read(this::take)).hasMessageContaining("events that are not JSON");
    }

    private boolean take(TaskEvent event) {
        taken.add(event.seq());
        return true;
    }

    private EventReader reader(long after) {
        return reader(after, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    private EventReader reader(long after, Duration silence, Duration absence) {
        return new EventReader(connection(), "task_a", after, silence, absence, notes::add);
    }

    private Connection connection() {
        return Connection.withKey(server.base(), "sk_test", notes::add);
    }

    private static String lastEventId(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Last-Event-ID: "))
                .map(line -> line.substring(15))
                .findFirst()
                .orElse("");
    }

    private static String event(int seq) {
        return "id: " + seq + "\nevent: event\ndata: {\"seq\":" + seq + ",\"kind\":\"log\"}\n\n";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
