package dev.sesame.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Certificate;
import dev.sesame.SesameServer;
import dev.sesame.auth.TlsMailServer.Mode;
import dev.sesame.sandbox.Runs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Mail over TLS, to a server whose certificate this one was told to trust, and to others.
class MailTlsIT {
    private static final String PASSWORD = "mail password";

    /// As the mechanism PLAIN sends it.
    private static final String LOGIN =
            Base64.getEncoder().encodeToString(("sesame\0sesame\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    @TempDir
    private static Path directory;

    private static Certificate trusted;
    private static Certificate other;
    private static SesameServer server;

    @BeforeAll
    static void start() throws Exception {
        trusted = Certificate.in(Files.createDirectory(directory.resolve("trusted")));
        other = Certificate.in(Files.createDirectory(directory.resolve("other")));
        server = SesameServer.start(Map.of("JAVA_TOOL_OPTIONS", trusted.trustOptions()));
        var _ = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void a_mail_and_the_password_go_through_tls_alone(Mode mode) {
        try (var mail = TlsMailServer.start(mode, trusted.serving())) {
            ask(mail, mode, "127.0.0.1");

            Runs.await("the mail", () -> mail.secured().contains("."));
            assertThat(mail.secured())
                    .contains("AUTH PLAIN " + LOGIN, "RCPT TO:<ada@example.com>", "To: ada@example.com")
                    .anyMatch(line -> line.contains("/reset-password/"));
            assertThat(mail.inTheClear()).allMatch(line -> line.matches("EHLO .*|STARTTLS"));
            assertThat(mail.inTheClear()).hasSize(mode == Mode.TLS ? 0 : 2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void a_certificate_that_is_not_trusted_is_refused_and_nothing_is_sent(Mode mode) {
        try (var mail = TlsMailServer.start(mode, other.serving())) {
            ask(mail, mode, "127.0.0.1");

            refused(mail, "PKIX path");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void a_certificate_for_another_name_is_refused_and_nothing_is_sent(Mode mode) {
        try (var mail = TlsMailServer.start(mode, trusted.serving())) {
            ask(mail, mode, "localhost");

            refused(mail, "localhost");
        }
    }

    /// Not known as this machine by its name, so somebody may be on the way and have taken the offer out.
    @Test
    void without_an_offer_of_tls_no_password_and_no_mail_are_sent() {
        try (var mail = TlsMailServer.start(Mode.CLEAR, trusted.serving())) {
            ask(mail, Mode.CLEAR, "0.0.0.0");

            refused(mail, "STARTTLS is required");
        }
    }

    private static void ask(TlsMailServer mail, Mode mode, String host) {
        var settings = Map.of(
                "smtp.host",
                host,
                "smtp.port",
                mail.port(),
                "smtp.secure",
                mode == Mode.TLS,
                "smtp.user",
                "sesame",
                "smtp.pass",
                PASSWORD);
        assertThat(server.admin().patch("/api/settings", settings).status()).isEqualTo(200);
        var asked = Map.of("email", "ada@example.com");
        assertThat(server.anonymous()
                        .post("/api/auth/request-password-reset", asked)
                        .status())
                .isEqualTo(200);
    }

    /// Ports are not used twice, so the line is of this try.
    private static void refused(TlsMailServer mail, String why) {
        String begin = "A mail could not be sent by ";
        String port = String.valueOf(mail.port());
        Runs.await(
                "the failure",
                () -> server.output().lines().anyMatch(line -> line.contains(begin) && line.contains(port)));
        assertThat(server.output().lines().filter(line -> line.contains(begin) && line.contains(port)))
                .singleElement()
                .asString()
                .contains(why);
        assertThat(mail.secured()).isEmpty();
        assertThat(mail.inTheClear()).allMatch(line -> line.matches("EHLO .*|STARTTLS|QUIT"));
    }
}
