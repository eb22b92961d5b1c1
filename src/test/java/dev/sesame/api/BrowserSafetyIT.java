package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What another site can make a browser do here, and what it can learn: nothing.
class BrowserSafetyIT {
    private static final SesameServer SERVER = SesameServer.shared();
    private static final HttpUser USER = SERVER.user();
    private static final List<String> HEADERS = List.of(
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "content-security-policy: default-src 'none'");

    private static List<Operation> writes() {
        return Operation.all().stream()
                .filter(operation -> !operation.method().equals("GET"))
                .toList();
    }

    private static List<Operation> operations() {
        return Operation.all();
    }

    @ParameterizedTest
    @MethodSource("writes")
    void anotherSiteCannotMakeABrowserWrite(Operation operation) {
        String path = operation.path().replaceAll("\\{[A-Za-z]+}", "x");
        for (String origin :
                List.of("https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1:1")) {
            Answer answer = USER.with("Origin", origin).send(operation.method(), path, "{}");
            assertThat(answer.status()).as("%s from %s", operation, origin).isEqualTo(403);
        }
        HttpUser noOrigin = new HttpUser(SERVER.base(), Map.of("Cookie", USER.header("Cookie")));
        assertThat(noOrigin.send(operation.method(), path, "{}").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aNameThatWasPointedAtUsCannotWriteThoughOriginAndHostAgree(Operation operation) {
        String path = operation.path().replaceAll("\\{[A-Za-z]+}", "x");
        String answer = SERVER.raw(operation.method() + " " + path + " HTTP/1.1\r\nHost: evil.example:" + SERVER.port()
                + "\r\nOrigin: http://evil.example:" + SERVER.port() + "\r\nCookie: " + USER.header("Cookie")
                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        assertThat(answer).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void noOtherSiteMayReadOrAskForMore(Operation operation) {
        String path = operation.path().replaceAll("\\{[A-Za-z]+}", "x");
        String preflight = SERVER.raw("OPTIONS " + path + " HTTP/1.1\r\nHost: localhost:" + SERVER.port()
                + "\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: " + operation.method()
                + "\r\nAccess-Control-Request-Headers: content-type,x-api-key\r\nConnection: close\r\n\r\n");
        assertThat(preflight.toLowerCase(Locale.ROOT)).doesNotContain("access-control-");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyAnswerCarriesTheHeadersThatProtectBrowsers(Operation operation) {
        String path = operation.path().replaceAll("\\{[A-Za-z]+}", "x");
        assertProtected(SERVER.raw(operation.method() + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0"
                + "\r\nConnection: close\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/nothing",
                "GET /nothing",
                "GET /api/tasks/%zz",
                "GET /api/tasks/%00",
                "PUT /api/tasks",
                "BREW /api/health",
                "GET /api/tasks?limit=x"
            })
    void refusalsCarryThemToo(String line) {
        String answer = SERVER.raw(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        HEADERS.stream()
                .filter(header -> line.contains("/api/") || !header.startsWith("content-security"))
                .forEach(header ->
                        assertThat(answer.toLowerCase(Locale.ROOT)).as(line).contains(header));
    }

    private static void assertProtected(String answer) {
        String lower = answer.toLowerCase(Locale.ROOT);
        assertThat(HEADERS).allSatisfy(header -> assertThat(lower).contains(header));
        assertThat(lower).containsAnyOf("cache-control: no-store", "cache-control: no-cache");
        assertThat(lower).doesNotContain("access-control-", "server:", "x-powered-by");
    }

    @Test
    void aSessionThatWasThereBeforeSigningInIsNotTakenOver() {
        String email = "fixation@example.com";
        HttpUser first = SERVER.signUp("Fixed", email);
        Map<String, String> credentials = Map.of("email", email, "password", "correct horse");
        String planted = "better-auth.session_token=planted.AAAA";

        Answer signedIn = SERVER.anonymous()
                .with("Cookie", planted)
                .with("Origin", SERVER.base().toString())
                .post("/api/auth/sign-in/email", credentials);
        Answer overAnother = first.post("/api/auth/sign-in/email", credentials);

        assertThat(signedIn.header("set-cookie")).doesNotContain("planted");
        HttpUser second = SERVER.browser(signedIn);
        assertThat(SERVER.browser(overAnother).header("Cookie")).isNotEqualTo(first.header("Cookie"));
        assertThat(SERVER.anonymous().with("Cookie", planted).get("/api/tasks").status())
                .isEqualTo(401);
        second.post("/api/auth/sign-out", null);
        assertThat(second.get("/api/tasks").status()).isEqualTo(401);
        assertThat(first.get("/api/tasks").status()).isEqualTo(200);
    }

    @Test
    void theCookieIsForThisServerAndNoScript() {
        HttpUser somebody = SERVER.signUp("Cookie", "cookie@example.com");
        Map<String, Object> credentials = Map.of("email", "cookie@example.com", "password", "correct horse");
        Answer remembered = SERVER.anonymous().post("/api/auth/sign-in/email", credentials);
        assertThat(remembered.header("set-cookie"))
                .matches("better-auth\\.session_token=[^;]+; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax");
        Answer forgotten = SERVER.anonymous()
                .post(
                        "/api/auth/sign-in/email",
                        Map.of("email", "cookie@example.com", "password", "correct horse", "rememberMe", false));
        assertThat(forgotten.header("set-cookie"))
                .matches("better-auth\\.session_token=[^;]+; Path=/; HttpOnly; SameSite=Lax");
        assertThat(forgotten.body())
                .doesNotContain(forgotten.header("set-cookie").replaceAll("^[^=]+=|[.%].*", ""));
        assertThat(somebody.post("/api/auth/sign-out", null).header("set-cookie"))
                .startsWith("better-auth.session_token=; Max-Age=0");
    }

    /// Without the work that is done for nobody, an unknown address would be answered some fifty times faster.
    @Test
    void howLongARefusedSignInTakesDoesNotTellWhetherThereIsSuchAnAccount() {
        SERVER.signUp("Known", "known@example.com");
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            known.add(refusal("known@example.com"));
            unknown.add(refusal("unknown-" + i + "@example.com"));
        }
        double ratio = (double) median(unknown) / median(known);
        assertThat(ratio).as("median time for nobody, by that for somebody").isBetween(0.5, 2.0);
    }

    private static long refusal(String email) {
        long begin = System.nanoTime();
        Answer answer =
                SERVER.anonymous().post("/api/auth/sign-in/email", Map.of("email", email, "password", "wrong horse"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("detail")).isEqualTo("Invalid email or password");
        return System.nanoTime() - begin;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
