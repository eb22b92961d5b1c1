package dev.sesame.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
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
    void whatMayHaveArrivedIsSentAgainUnderItsKey() throws Exception {
        server.then("502 Bad Gateway", "").then("201 Created|Content-Type: application/json", "{\"id\":\"task_a\"}");
        assertThat(connection()
                        .postOnce("/api/tasks", Map.of("prompt", "x"), "once-1")
                        .path("id")
                        .asText())
                .isEqualTo("task_a");
        List<String> keys = server.requests().stream()
                .map(head -> head.replaceAll("(?s).*Idempotency-Key: (\\S+).*", "$1"))
                .toList();
        assertThat(keys).hasSize(2);
        assertThat(keys.getFirst()).isEqualTo("once-1").isEqualTo(keys.getLast());
    }

    @Test
    void whatDoesNoHarmIsAskedAgainWhileTheServerIsAway() throws Exception {
        server.then("503 Service Unavailable|Retry-After: 0", "")
                .then("429 Too Many Requests|Retry-After: 0", "{\"detail\":\"Only 100 requests a minute\"}")
                .then("200 OK|Content-Type: application/json", "{\"status\":\"completed\"}");
        assertThat(connection().get("/api/tasks/task_a").path("status").asText())
                .isEqualTo("completed");
        assertThat(notes).containsExactly(server.base() + " answers 503. Trying again…");
    }

    @Test
    void whatMayHaveBeenDoneIsNotDoneAgain() {
        server.then("503 Service Unavailable", "").then("200 OK|Content-Type: application/json", "{}");
        assertThatThrownBy(() -> connection().post("/api/tasks/task_a/messages", Map.of("prompt", "x")))
                .hasMessage(server.base() + " answers 503.");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void whatALimitRefusedIsAskedAgain() throws Exception {
        server.then("429 Too Many Requests|Retry-After: 0", "").then("200 OK|Content-Type: application/json", "{}");
        connection().post("/api/tasks/task_a/messages", Map.of("prompt", "x"));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void whereNobodyListensItIsSaidAtOnce() throws Exception {
        server.close();
        assertThatThrownBy(() -> connection().postOnce("/api/tasks", Map.of(), "once-1"))
                .hasMessage(
                        "Nothing answers at " + server.base() + ". Is the server running, and is that its address?");
    }

    @Test
    void aKeyDoesNotFollowARedirection() {
        server.then("301 Moved Permanently|Location: http://127.0.0.1:1/api/tasks", "");
        assertThatThrownBy(() -> connection().get("/api/tasks"))
                .hasMessage(server.base() + " answers 301 and points to http://127.0.0.1:1/api/tasks.");
    }

    @Test
    void aPageOfSomethingElseIsNoAnswer() {
        server.then("200 OK|Content-Type: text/html", "<html>Welcome</html>");
        assertThatThrownBy(() -> connection().get("/api/tasks")).hasMessageContaining("is not Sesame");
    }

    @Test
    void aSignInWithoutASessionIsSaid() {
        server.then("200 OK|Content-Type: application/json", "{}");
        assertThatThrownBy(() -> Connection.withSession(server.base(), "/api/auth/sign-up/email", Map.of()))
                .hasMessageContaining("gave no session");
    }

    private Connection connection() {
        return Connection.withKey(server.base(), "sk_test", notes::add);
    }
}
