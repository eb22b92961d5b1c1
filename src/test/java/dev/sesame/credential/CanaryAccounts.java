package dev.sesame.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The doors of accounts: passwords, browsers, keys, mails, a provider. What the server itself makes and shows
/// once, as a cookie or a fresh key, is planted too, and the one answer that shows it is not searched.
///
/// @param answers takes everything else that is answered
record CanaryAccounts(SesameServer server, Canaries canaries, Consumer<String> answers) {
    private static final Pattern RESET = Pattern.compile("/reset-password/([^?\\s]+)\\?");

    /// An admin's browser, who has changed the password.
    HttpUser admin() {
        String first = canaries.plant("password");
        HttpUser ada = browser("sign-up", signUp("ada@example.com", first));
        var wrong = Map.of("currentPassword", canaries.plant("wrong password"), "newPassword", "battery staple");
        take(ada.post("/api/auth/change-password", wrong));
        String second = canaries.plant("changed password");
        Answer changed = ada.post(
                "/api/auth/change-password",
                Map.of("currentPassword", first, "newPassword", second, "revokeOtherSessions", true));
        assertThat(changed.status()).as("%s", changed).isEqualTo(200);
        take(signIn("ada@example.com", canaries.plant("guessed password")));
        browser("sign-in", signIn("ada@example.com", second));
        return browser("change of the password", changed);
    }

    private Answer signUp(String email, String password) {
        return server.anonymous()
                .post("/api/auth/sign-up/email", Map.of("name", "Ada", "email", email, "password", password));
    }

    private Answer signIn(String email, String password) {
        return server.anonymous().post("/api/auth/sign-in/email", Map.of("email", email, "password", password));
    }

    /// The cookie's value is a token and its signature.
    private HttpUser browser(String door, Answer signedIn) {
        assertThat(signedIn.status()).as("%s", signedIn).isEqualTo(200);
        String cookie = signedIn.header("set-cookie").replaceAll("^[^=]*=|;.*", "");
        canaries.add("cookie of " + door, URLDecoder.decode(cookie, StandardCharsets.UTF_8));
        canaries.add("session of " + door, cookie.replaceAll("\\..*", ""));
        return server.browser(signedIn);
    }

    void useKeys(HttpUser admin) {
        String key = canaries.add(
                "access key",
                admin.post("/api/auth/api-key/create", Map.of("name", "canary")).text("key"));
        assertThat(server.withKey(key).get("/api/tasks").status()).isEqualTo(200);
        take(server.withKey(key).get("/api/github/pat"));
        take(server.withKey(canaries.plantPlain("unknown access key")).get("/api/tasks"));
        take(server.anonymous()
                .with("Authorization", "Bearer " + canaries.plant("unknown bearer"))
                .get("/api/tasks"));
        take(server.anonymous()
                .with("Cookie", "better-auth.session_token=" + canaries.plantPlain("unknown cookie"))
                .get("/api/tasks"));
    }

    /// A lost password, replaced by a link of a mail.
    void losePassword(GreenMail mail) throws Exception {
        browser("another sign-up", signUp("grace@example.com", canaries.plant("lost password")));
        take(server.anonymous().post("/api/auth/request-password-reset", Map.of("email", "grace@example.com")));
        assertThat(mail.waitForIncomingEmail(60_000, 1)).isTrue();
        String text = GreenMailUtil.getBody(mail.getReceivedMessages()[0]).replace("=\r\n", "");
        Matcher link = RESET.matcher(text);
        assertThat(link.find()).as(text).isTrue();
        String token = canaries.add("password reset", link.group(1));
        assertThat(server.anonymous().get("/api/auth/reset-password/" + token).status())
                .isEqualTo(302);
        var reset = Map.of("token", token, "newPassword", canaries.plant("password of a reset"));
        Answer done = server.anonymous().post("/api/auth/reset-password", reset);
        assertThat(done.status()).as("%s", done).isEqualTo(200);
        take(done);
        take(server.anonymous().post("/api/auth/reset-password", reset));
    }

    /// A provider that refuses our client secret, and says it back.
    void signInElsewhere() {
        Answer begun = server.anonymous().post("/api/auth/sign-in/oauth2", Map.of("providerId", "oidc"));
        assertThat(begun.status()).as("%s", begun).isEqualTo(200);
        String state = begun.text("url").replaceAll(".*[?&]state=|&.*", "");
        Answer refused = server.anonymous()
                .with("Cookie", begun.header("set-cookie").replaceAll(";.*", ""))
                .get("/api/auth/oauth2/callback/oidc?code=x&state=" + state);
        assertThat(refused.status()).as("%s", refused).isEqualTo(302);
        answers.accept(refused + " " + refused.header("location"));
    }

    private void take(Answer answer) {
        answers.accept(answer.toString());
    }
}
