package dev.sesame.auth;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailIT {
    private static final Pattern LINK = Pattern.compile("http://\\S+");
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static SesameServer server;
    private static HttpUser admin;

    @BeforeAll
    static void start() {
        MAIL.start();
        MAIL.setUser("sesame@example.com", "sesame", "mail password");
        server = SesameServer.start(Map.of("ALLOW_USER_REGISTRATION", "true"));
        admin = server.admin();
        assertThat(admin.patch(
                                "/api/settings",
                                Map.of(
                                        "smtp.host", "127.0.0.1",
                                        "smtp.port", MAIL.getSmtp().getPort(),
                                        "smtp.user", "sesame",
                                        "smtp.pass", "mail password",
                                        "smtp.from", "Sesame <sesame@example.com>"))
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
        MAIL.stop();
    }

    @BeforeEach
    void empty() throws Exception {
        MAIL.purgeEmailFromAllMailboxes();
    }

    @Test
    void a_lost_password_is_replaced_by_a_link_that_works_once_and_ends_all_sessions() throws Exception {
        HttpUser before = server.signUp("Grace", "grace@example.com");
        Answer asked = server.anonymous()
                .post(
                        "/api/auth/request-password-reset",
                        Map.of("email", "Grace@example.com", "redirectTo", "/choose?x=1"));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.json().get("status").asBoolean()).isTrue();

        MimeMessage mail = onlyMail();
        assertThat(mail.getAllRecipients()[0]).hasToString("grace@example.com");
        assertThat(mail.getFrom()[0]).hasToString("Sesame <sesame@example.com>");
        Answer followed = server.anonymous().get(path(link(mail)));
        assertThat(followed.status()).isEqualTo(302);
        assertThat(followed.header("location")).contains("/choose?x=1&token=");
        String token = followed.header("location").replaceAll(".*token=", "");

        assertProblem(reset(token, "short"), 400, "too short");
        assertThat(reset(token, "battery staple").body()).isEqualTo("{\"status\":true}");
        assertThat(before.get("/api/tasks").status()).isEqualTo(401);
        assertThat(signIn("grace@example.com", "correct horse").status()).isEqualTo(401);
        assertThat(signIn("grace@example.com", "battery staple").status()).isEqualTo(200);
        Answer again = reset(token, "battery staple 2");
        assertProblem(again, 400, "Invalid token");
        assertThat(again.text("code")).isEqualTo("INVALID_TOKEN");
        assertThat(server.anonymous().get(path(link(mail))).header("location")).endsWith("&error=INVALID_TOKEN");
    }

    @Test
    void an_address_without_an_account_gets_the_same_answer_and_no_mail() {
        Answer unknown =
                server.anonymous().post("/api/auth/request-password-reset", Map.of("email", "nobody@example.com"));
        Answer known = server.anonymous().post("/api/auth/request-password-reset", Map.of("email", "ada@example.com"));

        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(MAIL.waitForIncomingEmail(60_000, 1)).isTrue();
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
    }

    @Test
    void where_it_is_asked_for_an_address_must_be_confirmed_before_signing_in() throws Exception {
        admin.patch("/api/settings", Map.of("registration.requireEmailVerification", true));
        try {
            Answer signedUp = server.anonymous()
                    .post(
                            "/api/auth/sign-up/email",
                            Map.of("name", "Hedy", "email", "hedy@example.com", "password", "correct horse"));
            assertThat(signedUp.status()).isEqualTo(200);
            assertThat(signedUp.json().get("token").isNull()).isTrue();
            Answer refused = signIn("hedy@example.com", "correct horse");
            assertProblem(refused, 403, "Email not verified");
            assertThat(refused.text("code")).isEqualTo("EMAIL_NOT_VERIFIED");
            String link = link(onlyMail());
            MAIL.purgeEmailFromAllMailboxes();
            server.anonymous()
                    .post(
                            "/api/auth/send-verification-email",
                            Map.of("email", "hedy@example.com", "callbackURL", "/welcome"));
            String second = link(onlyMail());

            assertThat(server.anonymous().get(path(second)).header("location")).endsWith("/welcome");
            assertThat(server.anonymous().get(path(second)).header("location"))
                    .endsWith("/welcome?error=INVALID_TOKEN");
            assertThat(server.anonymous()
                            .get(path(link).replaceAll("&callbackURL=.*", ""))
                            .json()
                            .at("/user/emailVerified")
                            .asBoolean())
                    .isTrue();
            assertThat(signIn("hedy@example.com", "correct horse").status()).isEqualTo(200);
        } finally {
            admin.patch("/api/settings", Map.of("registration.requireEmailVerification", false));
        }
    }

    @Test
    void links_lead_to_pages_of_ours_alone() {
        for (String elsewhere : new String[] {"//evil.example.org", "https://evil.example.org", "/a\r\nX: y"}) {
            Answer refused = server.anonymous()
                    .post(
                            "/api/auth/request-password-reset",
                            Map.of("email", "ada@example.com", "redirectTo", elsewhere));
            assertThat(refused.status()).isIn(400, 403);
        }
        assertProblem(
                server.anonymous().get("/api/auth/reset-password/x?callbackURL=https://evil.example.org"),
                403,
                "Invalid callbackURL");
        assertProblem(
                server.anonymous().get("/api/auth/verify-email?token=x&callbackURL=//evil.example.org"),
                403,
                "Invalid callbackURL");
        assertProblem(server.anonymous().get("/api/auth/verify-email?token=x"), 400, "Invalid token");
    }

    @Test
    void without_a_mail_server_it_says_so() {
        admin.patch("/api/settings", Map.of("smtp.host", ""));
        try {
            Answer refused =
                    server.anonymous().post("/api/auth/request-password-reset", Map.of("email", "ada@example.com"));
            assertProblem(refused, 400, "isn't enabled");
            assertThat(refused.text("code")).isEqualTo("RESET_PASSWORD_DISABLED");
        } finally {
            admin.patch("/api/settings", Map.of("smtp.host", "127.0.0.1"));
        }
    }

    private static Answer reset(String token, String password) {
        return server.anonymous().post("/api/auth/reset-password", Map.of("token", token, "newPassword", password));
    }

    private static Answer signIn(String email, String password) {
        return server.anonymous().post("/api/auth/sign-in/email", Map.of("email", email, "password", password));
    }

    private static MimeMessage onlyMail() {
        assertThat(MAIL.waitForIncomingEmail(60_000, 1)).isTrue();
        assertThat(MAIL.getReceivedMessages()).hasSize(1);
        return MAIL.getReceivedMessages()[0];
    }

    private static String link(MimeMessage mail) {
        Matcher matcher =
                LINK.matcher(GreenMailUtil.getBody(mail).replace("=\r\n", "").replace("=3D", "="));
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }

    // BASE_URL is not where the test's server listens.
    private static String path(String link) {
        URI uri = URI.create(link);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
