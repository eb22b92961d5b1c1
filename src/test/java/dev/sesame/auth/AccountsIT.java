package dev.sesame.auth;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountsIT {
    private static final String PASSWORD = "correct horse";

    private final SesameServer server = SesameServer.shared();

    @Test
    void signing_up_signs_in_and_gives_a_handle_that_is_not_the_cookie() {
        Answer answer = server.anonymous()
                .post(
                        "/api/auth/sign-up/email",
                        Map.of("name", "Grace", "email", "Grace@Example.com", "password", PASSWORD, "theme", "dark"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("set-cookie"))
                .startsWith("better-auth.session_token=")
                .endsWith("; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax");
        assertThat(answer.header("set-cookie")).doesNotContain(answer.text("token"));
        JsonNode user = answer.json().get("user");
        assertThat(user.get("email").asText()).isEqualTo("grace@example.com");
        assertThat(user.get("role").asText()).isEqualTo("user");
        assertThat(user.get("image").isNull()).isTrue();

        JsonNode session = server.browser(answer).get("/api/auth/get-session").json();
        assertThat(session.get("user")).isEqualTo(user);
        assertThat(session.at("/session/token").asText()).isEqualTo(answer.text("token"));
        assertThat(session.at("/session/userId").asText())
                .isEqualTo(user.get("id").asText());
    }

    @Test
    void the_same_address_cannot_sign_up_twice_whatever_its_case() {
        signUp("twice@example.com");

        Answer second = server.anonymous().post("/api/auth/sign-up/email", account("TWICE@example.com"));

        assertProblem(second, 422, "User already exists");
        assertThat(second.text("code")).isEqualTo("USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL");
        assertThat(second.text("message")).isEqualTo(second.text("detail"));
    }

    @Test
    void signed_out_there_is_no_session_and_that_is_no_error() {
        assertThat(server.anonymous().get("/api/auth/get-session").body()).isEqualTo("null");
        Answer stale = server.anonymous()
                .with("Cookie", "better-auth.session_token=made-up.c2ln")
                .get("/api/auth/get-session");
        assertThat(stale.body()).isEqualTo("null");
        assertThat(stale.header("set-cookie")).contains("Max-Age=0");
    }

    @Test
    void a_wrong_half_of_the_credentials_is_not_told() {
        signUp("half@example.com");

        Answer wrongPassword = signIn("half@example.com", "wrong horse");
        Answer wrongEmail = signIn("nobody@example.com", PASSWORD);

        assertProblem(wrongPassword, 401, "Invalid email or password");
        assertThat(wrongPassword.body()).isEqualTo(wrongEmail.body());
        assertThat(wrongPassword.text("code")).isEqualTo("INVALID_EMAIL_OR_PASSWORD");
    }

    @Test
    void signing_in_tells_the_client_where_to_go_only_within_our_site() {
        signUp("where@example.com");
        Map<String, String> body = Map.of("email", "where@example.com", "password", PASSWORD);

        Answer answer = server.anonymous().post("/api/auth/sign-in/email", with(body, "callbackURL", "/tasks?x=1"));

        assertThat(answer.json().get("redirect").asBoolean()).isTrue();
        assertThat(answer.text("url")).isEqualTo("/tasks?x=1");
        for (String elsewhere :
                new String[] {"//evil.example.org", "/\\evil.example.org", "https://evil.example.org", "x"}) {
            assertProblem(
                    server.anonymous().post("/api/auth/sign-in/email", with(body, "callbackURL", elsewhere)),
                    403,
                    "Invalid callbackURL");
        }
    }

    @Test
    void a_session_that_is_not_to_be_remembered_has_a_cookie_without_an_age() {
        signUp("brief@example.com");

        Answer answer = server.anonymous()
                .post(
                        "/api/auth/sign-in/email",
                        Map.of("email", "brief@example.com", "password", PASSWORD, "rememberMe", false));

        assertThat(answer.header("set-cookie")).doesNotContain("Max-Age");
    }

    @Test
    void a_changed_or_foreign_signature_of_the_cookie_is_refused() {
        HttpUser user = signUp("signature@example.com");
        String cookie = user.header("Cookie");
        String token = cookie.substring(0, cookie.indexOf('.', "better-auth.".length()));

        assertThat(user.get("/api/tasks").status()).isEqualTo(200);
        assertProblem(user.with("Cookie", token).get("/api/tasks"), 401, "sign in again");
        assertProblem(user.with("Cookie", token + ".AAAA").get("/api/tasks"), 401, "sign in again");
        assertProblem(user.with("Cookie", cookie + "%zz").get("/api/tasks"), 401, "sign in again");
    }

    @Test
    void signing_out_ends_the_session_for_good_and_can_be_repeated() {
        HttpUser user = signUp("out@example.com");

        Answer answer = user.post("/api/auth/sign-out", null);

        assertThat(answer.body()).isEqualTo("{\"success\":true}");
        assertThat(answer.header("set-cookie")).startsWith("better-auth.session_token=; Max-Age=0");
        assertThat(user.get("/api/tasks").status()).isEqualTo(401);
        assertThat(user.post("/api/auth/sign-out", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void sessions_are_listed_and_revoked_by_their_owner_alone() {
        HttpUser here = signUp("many@example.com");
        HttpUser there = server.browser(signIn("many@example.com", PASSWORD));
        HttpUser other = signUp("other@example.com");
        String token =
                there.get("/api/auth/get-session").json().at("/session/token").asText();

        assertThat(here.get("/api/auth/list-sessions").json()).hasSize(2);
        assertThat(other.post("/api/auth/revoke-session", Map.of("token", token))
                        .body())
                .isEqualTo("{\"status\":true}");
        assertThat(there.get("/api/tasks").status()).isEqualTo(200);

        here.post("/api/auth/revoke-session", Map.of("token", token));

        assertThat(there.get("/api/tasks").status()).isEqualTo(401);
        assertThat(here.get("/api/auth/list-sessions").json()).hasSize(1);
    }

    @Test
    void all_other_sessions_or_all_can_be_revoked_at_once() {
        HttpUser here = signUp("all@example.com");
        HttpUser there = server.browser(signIn("all@example.com", PASSWORD));

        assertThat(here.post("/api/auth/revoke-other-sessions", null).status()).isEqualTo(200);
        assertThat(there.get("/api/tasks").status()).isEqualTo(401);
        assertThat(here.get("/api/tasks").status()).isEqualTo(200);

        assertThat(here.post("/api/auth/revoke-sessions", Map.of()).status()).isEqualTo(200);
        assertThat(here.get("/api/tasks").status()).isEqualTo(401);
    }

    @Test
    void a_new_password_needs_the_old_one_and_can_end_all_other_sessions() {
        HttpUser here = signUp("change@example.com");
        HttpUser there = server.browser(signIn("change@example.com", PASSWORD));
        Map<String, String> change = Map.of("currentPassword", PASSWORD, "newPassword", "battery staple");

        Answer wrong = here.post("/api/auth/change-password", with(change, "currentPassword", "wrong horse"));
        assertProblem(wrong, 400, "Invalid password");
        assertThat(wrong.text("code")).isEqualTo("INVALID_PASSWORD");
        assertProblem(here.post("/api/auth/change-password", with(change, "newPassword", "short")), 400, "too short");
        assertProblem(
                here.post("/api/auth/change-password", with(change, "newPassword", "x".repeat(129))), 400, "too long");

        Answer answer = here.post(
                "/api/auth/change-password",
                Map.of("currentPassword", PASSWORD, "newPassword", "battery staple", "revokeOtherSessions", true));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(there.get("/api/tasks").status()).isEqualTo(401);
        assertThat(here.get("/api/tasks").status()).isEqualTo(401);
        assertThat(server.browser(answer).get("/api/tasks").status()).isEqualTo(200);
        assertThat(signIn("change@example.com", PASSWORD).status()).isEqualTo(401);
        assertThat(signIn("change@example.com", "battery staple").status()).isEqualTo(200);
    }

    @Test
    void a_write_with_a_cookie_needs_an_origin_that_is_ours() {
        HttpUser user = signUp("origin@example.com");
        String sessions = user.get("/api/auth/list-sessions").body();

        for (String foreign : new String[] {"http://evil.example.org", "null", "http://127.0.0.1:1"}) {
            Answer refused = user.with("Origin", foreign).post("/api/auth/revoke-sessions", null);
            assertProblem(refused, 403, "not trusted");
            assertThat(refused.text("code")).isEqualTo("INVALID_ORIGIN");
        }
        Answer without =
                server.anonymous().with("Cookie", user.header("Cookie")).post("/api/auth/revoke-sessions", null);
        assertThat(without.text("code")).isEqualTo("MISSING_OR_NULL_ORIGIN");
        assertThat(user.get("/api/auth/list-sessions").body()).isEqualTo(sessions);
    }

    private HttpUser signUp(String email) {
        return server.signUp("Somebody", email);
    }

    private Answer signIn(String email, String password) {
        return server.anonymous().post("/api/auth/sign-in/email", Map.of("email", email, "password", password));
    }

    private static Map<String, String> account(String email) {
        return Map.of("name", "Somebody", "email", email, "password", PASSWORD);
    }

    private static Map<String, String> with(Map<String, String> body, String key, String value) {
        Map<String, String> changed = new HashMap<>(body);
        changed.put(key, value);
        return changed;
    }
}
