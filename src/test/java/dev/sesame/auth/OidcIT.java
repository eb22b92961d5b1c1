package dev.sesame.auth;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OidcIT {
    private static final String ISSUER = "acme";
    private static final String SLOW = "slow";
    private static final MockOAuth2Server PROVIDER = new MockOAuth2Server(new SlowKeys());
    private static SesameServer server;
    private static HttpUser admin;

    @BeforeAll
    static void start() throws IOException {
        PROVIDER.start(InetAddress.getLoopbackAddress(), 0);
        server = SesameServer.start();
        admin = server.admin();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        PROVIDER.shutdown();
    }

    @BeforeEach
    void discover() {
        discover(admin, ISSUER);
    }

    private static void discover(HttpUser admin, String issuer) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "oidc.enabled", true,
                "oidc.providerId", "acme",
                "oidc.providerName", "Acme",
                "oidc.clientId", "sesame",
                "oidc.clientSecret", "provider secret",
                "oidc.issuer", PROVIDER.issuerUrl(issuer).toString(),
                "registration.allowNewUsers", true));
        List.of("oidc.authorizationUrl", "oidc.tokenUrl", "oidc.userInfoUrl").forEach(key -> settings.put(key, null));
        assertThat(admin.patch("/api/settings", settings).status()).isEqualTo(200);
    }

    @Test
    void who_signs_in_there_gets_an_account_here_and_keeps_it() {
        Answer first = roundTrip("sub-1", Map.of("email", "Lin@example.com", "email_verified", true, "name", "Lin"));

        assertThat(first.status()).isEqualTo(302);
        assertThat(first.header("location")).endsWith("/new");
        HttpUser browser = browser(first);
        assertThat(session(browser, "email")).isEqualTo("lin@example.com");
        assertThat(session(browser, "name")).isEqualTo("Lin");
        assertThat(session(browser, "role")).isEqualTo("user");

        Answer second = roundTrip("sub-1", Map.of("email", "moved@example.com", "email_verified", true));
        assertThat(second.header("location")).endsWith("/tasks");
        assertThat(session(browser(second), "id")).isEqualTo(session(browser, "id"));
        assertThat(server.anonymous().get("/api/setup/status").body()).contains("\"providers\":[{\"id\":\"acme\"");
    }

    @Test
    void three_addresses_do_where_there_is_no_discovery() {
        String issuer = PROVIDER.issuerUrl(ISSUER).toString();
        admin.patch(
                "/api/settings",
                Map.of(
                        "oidc.issuer", "",
                        "oidc.authorizationUrl", issuer + "/authorize",
                        "oidc.tokenUrl", issuer + "/token",
                        "oidc.userInfoUrl", issuer + "/userinfo"));

        Answer answer = roundTrip("sub-3", Map.of("email", "three@example.com", "email_verified", true));

        assertThat(session(browser(answer), "email")).isEqualTo("three@example.com");
    }

    @Test
    void a_provider_may_take_its_time_to_show_its_keys() {
        discover(admin, SLOW);

        PROVIDER.enqueueCallback(new DefaultOAuth2TokenCallback(
                SLOW, "sub-9", "JWT", List.of("sesame"), Map.of("email", "patient@example.com"), 3600));
        Answer answer = finish(server, begin(server));

        assertThat(answer.header("location")).endsWith("/new");
    }

    /// Delays who asks for the keys of one issuer, and leaves the answer to the usual route.
    private static final class SlowKeys implements Route {
        private static final Duration DELAY = Duration.ofSeconds(1);

        @Override
        public boolean match(OAuth2HttpRequest request) {
            if (request.getUrl().encodedPath().equals("/" + SLOW + "/jwks")) {
                LockSupport.parkNanos(DELAY.toNanos());
            }
            return false;
        }

        @Override
        public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void without_a_client_id_it_is_said_what_lacks() {
        admin.patch("/api/settings", Map.of("oidc.clientId", ""));

        assertProblem(server.anonymous().post("/api/auth/sign-in/oauth2", Map.of("providerId", "acme")), 502, "log");
        assertThat(server.output()).contains("Nobody can sign in by OpenID Connect: oidc.clientId is not set");
    }

    @Test
    void a_sign_in_is_one_attempt() {
        try (var strict = SesameServer.start(Map.of("RATE_LIMIT_AUTH_PER_MINUTE", "3"))) {
            discover(strict.admin(), ISSUER); // the first attempt

            for (String page : List.of("/new", "/tasks")) {
                PROVIDER.enqueueCallback(callback("sub-10", Map.of("email", "frugal@example.com")));
                assertThat(finish(strict, begin(strict)).header("location")).endsWith(page);
            }

            Answer guessed = strict.anonymous().get("/api/auth/oauth2/callback/acme?state=x&code=y");
            assertProblem(guessed, 429, "in a minute");
        }
    }

    @Test
    void closed_registration_is_closed_here_too() {
        admin.patch("/api/settings", Map.of("registration.allowNewUsers", false));

        Answer answer = roundTrip("sub-4", Map.of("email", "late@example.com", "email_verified", true));

        assertThat(answer.header("location")).endsWith("/sorry?error=signup_disabled");
        assertThat(answer.headers().allValues("set-cookie")).noneMatch(cookie -> cookie.contains("session_token="));
        assertThat(admin.get("/api/admin/users?search=late@")
                        .json()
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    void an_account_is_linked_only_when_both_sides_know_the_address() throws SQLException {
        // The first account's address was never proven either; whoever has it at the provider would be the admin.
        Answer unproven = roundTrip("sub-5", Map.of("email", "ada@example.com", "email_verified", true));
        assertThat(unproven.header("location")).endsWith("/sorry?error=account_not_linked");

        prove("ada@example.com");
        Answer unverified = roundTrip("sub-5", Map.of("email", "ada@example.com", "email_verified", false));
        assertThat(unverified.header("location")).endsWith("/sorry?error=account_not_linked");

        Answer linked = roundTrip("sub-5", Map.of("email", "ada@example.com", "email_verified", true));
        assertThat(session(browser(linked), "id")).isEqualTo(session(admin, "id"));

        server.signUp("Squatter", "squatted@example.com");
        Answer squatted = roundTrip("sub-6", Map.of("email", "squatted@example.com", "email_verified", true));
        assertThat(squatted.header("location")).endsWith("/sorry?error=account_not_linked");
        Answer without = roundTrip("sub-7", Map.of());
        assertThat(without.header("location")).endsWith("/sorry?error=email_not_found");
    }

    /// As the link in a mail does.
    private static void prove(String email) throws SQLException {
        try (Connection outside = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.dataDirectory().resolve("sesame.db"));
                var statement = outside.prepareStatement("UPDATE users SET email_verified = TRUE WHERE email = ?")) {
            statement.setString(1, email);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void an_answer_of_another_journey_is_refused() {
        PROVIDER.enqueueCallback(callback("sub-8", Map.of("email", "eve@example.com", "email_verified", true)));
        Answer begun = begin(server);
        String back = followed(begun);
        String path = back.replaceFirst("^http://[^/]+", "");

        Answer otherBrowser = server.anonymous().get(path);
        assertThat(otherBrowser.header("location")).endsWith("/?error=state_mismatch");
        HttpUser same = server.anonymous().with("Cookie", cookie(begun));
        assertThat(same.get(path.replaceFirst("state=", "state=x")).header("location"))
                .endsWith("/?error=state_mismatch");
        assertThat(same.get(path).header("location")).endsWith("/new");
        assertThat(same.get(path).header("location")).endsWith("/?error=state_mismatch");
        Answer wrongCode = server.anonymous()
                .with("Cookie", cookie(begin(server)))
                .get("/api/auth/oauth2/callback/acme?state=" + "x".repeat(32) + "&code=y");
        assertThat(wrongCode.header("location")).endsWith("/?error=state_mismatch");
    }

    @Test
    void the_request_carries_pkce_state_and_nonce_and_an_unknown_provider_is_refused() {
        String url = begin(server).text("url");
        assertThat(url)
                .contains("code_challenge_method=S256", "code_challenge=", "state=", "nonce=", "response_type=code");
        Answer unknown = server.anonymous().post("/api/auth/sign-in/oauth2", Map.of("providerId", "other"));
        assertProblem(unknown, 400, "No such sign-in provider");
        Answer elsewhere = server.anonymous()
                .post(
                        "/api/auth/sign-in/oauth2",
                        Map.of("providerId", "acme", "callbackURL", "https://evil.example.org"));
        assertProblem(elsewhere, 403, "Invalid callbackURL");
    }

    private static Answer roundTrip(String subject, Map<String, Object> claims) {
        PROVIDER.enqueueCallback(callback(subject, claims));
        return finish(server, begin(server));
    }

    private static Answer finish(SesameServer server, Answer begun) {
        return server.anonymous()
                .with("Cookie", cookie(begun))
                .get(followed(begun).replaceFirst("^http://[^/]+", ""));
    }

    private static Answer begin(SesameServer server) {
        Answer begun = server.anonymous()
                .post(
                        "/api/auth/sign-in/oauth2",
                        Map.of(
                                "providerId", "acme",
                                "callbackURL", "/tasks",
                                "newUserCallbackURL", "/new",
                                "errorCallbackURL", "/sorry"));
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.json().get("redirect").asBoolean()).isTrue();
        return begun;
    }

    /// Where the provider sends the browser back to.
    private static String followed(Answer begun) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(begun.text("url"))).build(), BodyHandlers.ofString())
                    .headers()
                    .firstValue("location")
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DefaultOAuth2TokenCallback callback(String subject, Map<String, Object> claims) {
        return new DefaultOAuth2TokenCallback(ISSUER, subject, "JWT", List.of("sesame"), claims, 3600);
    }

    private static String cookie(Answer answer) {
        return answer.header("set-cookie").replaceAll(";.*", "");
    }

    private static HttpUser browser(Answer answer) {
        String cookie = answer.headers().allValues("set-cookie").stream()
                .filter(it -> it.startsWith("better-auth.session_token="))
                .findAny()
                .orElseThrow(() -> new AssertionError(answer.toString()))
                .replaceAll(";.*", "");
        return server.anonymous().with("Cookie", cookie);
    }

    private static String session(HttpUser browser, String field) {
        return browser.get("/api/auth/get-session").json().at("/user/" + field).asText();
    }
}
