package dev.sesame.http;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of bad input on every endpoint that takes a body.
class BadInputIT {
    private static final SesameServer SERVER = SesameServer.shared();
    private static final HttpUser USER = SERVER.user();

    /// @param lenient whether unknown fields are ignored
    /// @param required fields that must be there
    /// @param texts fields that are text
    /// @param good a body that passes all that is tried here
    record Endpoint(String path, boolean lenient, List<String> required, List<String> texts, String good) {
        @Override
        public String toString() {
            return path;
        }
    }

    private static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint(
                    "/api/auth/sign-up/email",
                    true,
                    List.of("name", "email", "password"),
                    List.of("name", "email", "password", "setupToken"),
                    "{\"name\":\"N\",\"email\":\"n@example.com\",\"password\":\"correct horse\"}"),
            new Endpoint(
                    "/api/auth/sign-in/email",
                    true,
                    List.of("email", "password"),
                    List.of("email", "password", "callbackURL"),
                    "{\"email\":\"n@example.com\",\"password\":\"correct horse\"}"),
            new Endpoint(
                    "/api/auth/change-password",
                    true,
                    List.of("currentPassword", "newPassword"),
                    List.of("currentPassword", "newPassword"),
                    "{\"currentPassword\":\"correct horse\",\"newPassword\":\"battery staple\"}"),
            new Endpoint(
                    "/api/auth/revoke-session", true, List.of("token"), List.of("token"), "{\"token\":\"session_x\"}"),
            new Endpoint("/api/auth/api-key/create", true, List.of(), List.of("name"), "{\"name\":\"n\"}"),
            new Endpoint(
                    "/api/auth/api-key/update",
                    true,
                    List.of("keyId"),
                    List.of("keyId", "name"),
                    "{\"keyId\":\"key_x\",\"name\":\"n\"}"),
            new Endpoint("/api/auth/api-key/delete", true, List.of("keyId"), List.of("keyId"), "{\"keyId\":\"key_x\"}"),
            new Endpoint(
                    "/api/tasks",
                    false,
                    List.of("prompt", "repository"),
                    List.of("prompt", "repository", "agent", "branch", "model", "permissionMode", "pullRequest"),
                    "{\"prompt\":\"p\",\"repository\":\"nothing\"}"),
            new Endpoint(
                    "/api/tasks/task_x/messages", false, List.of("prompt"), List.of("prompt"), "{\"prompt\":\"p\"}"),
            new Endpoint(
                    "/api/tasks/task_x/permissions/p",
                    false,
                    List.of("decision"),
                    List.of("decision", "message"),
                    "{\"decision\":\"allow\"}"));

    private static Stream<Endpoint> endpoints() {
        return ENDPOINTS.stream();
    }

    private static Stream<Arguments> texts() {
        return ENDPOINTS.stream()
                .flatMap(endpoint -> endpoint.texts().stream().map(field -> Arguments.of(endpoint, field)));
    }

    private static Stream<Arguments> required() {
        return ENDPOINTS.stream()
                .flatMap(endpoint -> endpoint.required().stream().map(field -> Arguments.of(endpoint, field)));
    }

    private static Stream<Arguments> unreadable() {
        return ENDPOINTS.stream()
                .flatMap(endpoint -> Stream.of(
                                "",
                                " ",
                                "null",
                                "[]",
                                "5",
                                "\"x\"",
                                "{",
                                "{'a':1}",
                                "{\"a\":1",
                                "{}{}",
                                "{} x",
                                "{\"a\":NaN}")
                        .map(body -> Arguments.of(endpoint, body)));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void a_body_that_is_no_single_json_object(Endpoint endpoint, String body) {
        refused(endpoint, body, 400, "");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void no_body_or_one_that_does_not_say_it_is_json(Endpoint endpoint) {
        assertThat(USER.post(endpoint.path(), null).status()).isIn(400, 415);
        for (String type : List.of("text/plain", "application/xml", "garbage", "multipart/form-data; boundary=x")) {
            assertProblem(
                    USER.with("Content-Type", type).send("POST", endpoint.path(), endpoint.good()),
                    415,
                    "application/json");
        }
        String untyped = SERVER.raw("POST " + endpoint.path() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: " + endpoint.good().length() + "\r\n\r\n" + endpoint.good());
        assertThat(untyped).containsPattern("^HTTP/1.1 (415|401)").contains("application/problem+json");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void a_body_above_one_mebibyte(Endpoint endpoint) {
        String huge = "{\"x\":\"" + "a".repeat(1 << 20) + "\"}";

        assertProblem(USER.send("POST", endpoint.path(), huge), 413, "1 MiB");
        String chunked = SERVER.raw("POST " + endpoint.path() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(huge.length()) + "\r\n" + huge + "\r\n0\r\n\r\n");
        assertThat(chunked).startsWith("HTTP/1.1 413 ").contains("application/problem+json");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void a_field_that_nobody_knows_or_that_is_there_twice(Endpoint endpoint) {
        String open = endpoint.good().substring(0, endpoint.good().length() - 1);
        if (!endpoint.lenient()) {
            refused(endpoint, open + ",\"nonsense\":1}", 400, "nonsense");
        }
        refused(endpoint, open + ",\"x1\":1,\"x1\":2}", 400, "x1");
    }

    @ParameterizedTest
    @MethodSource("required")
    void a_required_field_that_is_missing_or_null(Endpoint endpoint, String field) {
        refused(endpoint, with(endpoint, field, "null"), 400, field);
        String without =
                endpoint.good().replaceAll("\"" + field + "\":\"[^\"]*\",?", "").replace(",}", "}");
        refused(endpoint, without, 400, field);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void text_that_is_none_or_holds_what_no_text_may(Endpoint endpoint, String field) {
        for (String bad : List.of(
                "5",
                "true",
                "{}",
                "[]",
                "\"a\\u0000b\"",
                "\"\\u001b[31m\"",
                "\"\\u007f\"",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"")) {
            refused(endpoint, with(endpoint, field, bad), 400, field);
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void text_that_is_too_long(Endpoint endpoint, String field) {
        Answer answer = USER.send("POST", endpoint.path(), with(endpoint, field, "\"" + "a".repeat(70_000) + "\""));

        assertThat(answer.status()).as("%s", answer).isBetween(200, 499);
        if (answer.status() >= 400) {
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        } else {
            // What is only compared with something may be of any length.
            assertThat(field).isIn("token", "setupToken");
        }
    }

    @Test
    void numbers_and_flags_are_not_coerced() {
        for (String bad : List.of("\"5\"", "5.5", "true", "1e400", "[5]", "99999999999999999999")) {
            refused(ENDPOINTS.get(4), "{\"expiresIn\":" + bad + "}", 400, "expiresIn");
            refused(ENDPOINTS.get(5), "{\"keyId\":\"key_x\",\"expiresIn\":" + bad + "}", -1, "");
            refused(
                    ENDPOINTS.get(7),
                    "{\"prompt\":\"p\",\"repository\":\"r\",\"maxDurationMinutes\":" + bad + "}",
                    400,
                    "maxDurationMinutes");
        }
        for (String bad : List.of("\"true\"", "1", "\"\"", "[]")) {
            refused(ENDPOINTS.get(5), "{\"keyId\":\"key_x\",\"enabled\":" + bad + "}", 400, "enabled");
            refused(
                    ENDPOINTS.get(7),
                    "{\"prompt\":\"p\",\"repository\":\"r\",\"keepAlive\":" + bad + "}",
                    400,
                    "keepAlive");
        }
        for (String bad : List.of("0", "-1", "315360001")) {
            refused(ENDPOINTS.get(4), "{\"expiresIn\":" + bad + "}", 400, "expiresIn");
        }
    }

    @Test
    void addresses_that_are_none() {
        for (String bad :
                List.of("", "x", "@", "a@b", "a@b.c d", "a b@example.com", "a@-.com", "a@@b.com", "ä@example.com")) {
            Answer answer =
                    USER.send("POST", "/api/auth/sign-in/email", "{\"email\":\"" + bad + "\",\"password\":\"p\"}");
            assertProblem(answer, 400, "Invalid email");
            assertThat(answer.text("code")).isEqualTo("INVALID_EMAIL");
        }
    }

    private static String with(Endpoint endpoint, String field, String value) {
        String known = "\"" + field + "\":\"[^\"]*\"";
        String replacement = Matcher.quoteReplacement("\"" + field + "\":" + value);
        String changed = endpoint.good().replaceAll(known, replacement);
        return changed.equals(endpoint.good()) ? endpoint.good().replaceAll("}$", "," + replacement + "}") : changed;
    }

    /// @param status -1 for any refusal
    private static void refused(Endpoint endpoint, String body, int status, String detail) {
        String keys = USER.get("/api/auth/api-key/list").body();
        String sessions = USER.get("/api/auth/list-sessions").body();

        Answer answer = USER.send("POST", endpoint.path(), body);

        assertProblem(answer, status < 0 ? answer.status() : status, detail);
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(USER.get("/api/auth/api-key/list").body()).isEqualTo(keys);
        assertThat(USER.get("/api/auth/list-sessions").body()).isEqualTo(sessions);
        assertThat(USER.get("/api/tasks").text("total")).isEqualTo("0");
    }
}
