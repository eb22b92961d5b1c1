package dev.sesame.http;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingIT {
    private final SesameServer server = SesameServer.shared();

    @Test
    void health_needs_no_login() {
        Answer answer = server.anonymous().get("/api/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("healthy");
        assertThat(answer.text("timestamp")).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api",
                "/api/",
                "/api/nothing",
                "/api/auth/nothing",
                "/api/health/more",
                "/api/tasks/../../etc/passwd",
                "/api/%2e%2e/%2e%2e/etc/passwd",
                "/api/tasks/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/api/tasks/x/stream/more",
                "/q/health",
                "/q/dev-ui"
            })
    void what_is_not_there_is_404_wherever_it_is_asked_for(String path) {
        String answer = raw("GET", path, "X-API-Key: " + key() + "\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 404 ")
                .contains("application/problem+json", "urn:sesame:error:not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/tasks/%zz",
                "/api/tasks/%",
                "/%f",
                "/api/tasks?limit=%zz",
                "/api/tasks/x/stream?lastEventId=%"
            })
    void an_address_that_cannot_be_decoded_is_400(String path) {
        assertThat(raw("GET", path, ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json", "urn:sesame:error:bad-request", "hex digits");
    }

    @Test
    void a_long_address_is_read_and_one_that_is_too_long_is_400() {
        assertThat(raw("GET", "/api/auth/oauth2/callback/none?state=x&code=" + "c".repeat(12_000), ""))
                .doesNotStartWith("HTTP/1.1 414")
                .doesNotStartWith("HTTP/1.0");
        for (String path : List.of("/api/tasks/", "/api/tasks?q=", "/api/tasks?limit=", "/")) {
            assertThat(raw("GET", path + "1".repeat(20_000), ""))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json", "The address is longer than 16384 characters");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/tasks/%00", "/api/tasks/a%0d%0ab", "/api/tasks?status=%00", "/api/auth/api-key/get?id=%1b"
            })
    void a_control_character_in_an_address_is_400(String path) {
        assertThat(raw("GET", path, "")).startsWith("HTTP/1.1 400 ").contains("control character");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/tasks, 'GET, HEAD, OPTIONS, POST'",
        "PUT, /api/tasks/x, 'DELETE, GET, HEAD, OPTIONS'",
        "GET, /api/tasks/x/cancel, 'OPTIONS, POST'",
        "BREW, /api/auth/sign-in/email, 'OPTIONS, POST'",
        "POST, /api/health, 'GET, HEAD'",
        "POST, /api/events, 'GET, HEAD'",
        "DELETE, /api/tasks/x/stream, 'GET, HEAD'"
    })
    void the_wrong_method_is_405_and_the_right_ones_are_told(String method, String path, String allow) {
        Answer answer = server.withKey(key()).send(method, path, null);

        assertProblem(answer, 405, "allowed here");
        assertThat(answer.header("allow")).isEqualTo(allow);
    }

    @Test
    void a_content_type_that_cannot_be_given_is_406() {
        assertProblem(server.withKey(key()).with("Accept", "text/html").get("/api/tasks"), 406, "Accept");
    }

    @Test
    void answers_carry_the_headers_that_protect_browsers_and_allow_no_other_site() {
        Answer answer =
                server.anonymous().with("Origin", "https://evil.example.org").get("/api/tasks");

        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
        assertThat(answer.header("content-security-policy")).contains("default-src 'none'");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void below_a_sub_path_and_https_addresses_cookies_and_locations_follow() {
        try (var below = SesameServer.start(Map.of("BASE_URL", "https://example.com/tools"))) {
            assertThat(below.anonymous().get("/tools/api/health").status()).isEqualTo(200);
            assertThat(below.anonymous().get("/api/health").status()).isEqualTo(200);
            assertThat(below.anonymous().get("/toolsapi/health").status()).isEqualTo(404);
            assertThat(below.anonymous().get("/tools/api/setup/status?x=1").status())
                    .isEqualTo(200);

            Answer signedUp = below.anonymous()
                    .with("Origin", "https://example.com")
                    .post(
                            "/tools/api/auth/sign-up/email",
                            Map.of("name", "A", "email", "a@example.com", "password", "correct horse"));

            assertThat(signedUp.header("set-cookie"))
                    .startsWith("__Secure-better-auth.session_token=")
                    .endsWith("; Path=/tools; HttpOnly; Secure; SameSite=Lax");
            HttpUser user = below.browser(signedUp).with("Origin", "https://example.com");
            assertThat(user.get("/tools/api/tasks").status()).isEqualTo(200);
            below.repository("app");
            Answer created = user.post(
                    "/tools/api/tasks", Map.of("prompt", "demo: text 1 1", "repository", "app", "agent", "demo"));
            assertThat(created.header("location")).isEqualTo("/tools/api/tasks/" + created.text("id"));
        }
    }

    private String key() {
        return server.keyOf(server.user()).header("X-API-Key");
    }

    private String raw(String method, String path, String headers) {
        return server.raw(
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
    }
}
