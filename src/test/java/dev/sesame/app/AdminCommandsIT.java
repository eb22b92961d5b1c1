package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.BuiltProgram;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The commands that work beside a running server.
class AdminCommandsIT {
    private static final Pattern PASSWORD = Pattern.compile("The new password of ada@example.com is: (\\S+)");
    private static final Pattern HEAD = Pattern.compile("Its head is ([0-9]+:[0-9a-f]{64})");

    @Test
    void a_lost_password_is_replaced_and_the_audit_log_verified_while_the_server_runs() throws Exception {
        try (var server = SesameServer.start()) {
            HttpUser admin = server.admin();
            Run nobody = sesame(server, "admin", "reset-password", "nobody@example.com");
            assertThat(nobody.status()).isEqualTo(1);
            assertThat(nobody.output()).contains("There is no account with the address nobody@example.com");

            Run reset = sesame(server, "admin", "reset-password", "ada@example.com");
            assertThat(reset.status()).as(reset.output()).isZero();
            Matcher password = PASSWORD.matcher(reset.output());
            assertThat(password.find()).isTrue();
            assertThat(admin.get("/api/tasks").status()).isEqualTo(401);
            assertThat(server.anonymous()
                            .post(
                                    "/api/auth/sign-in/email",
                                    Map.of("email", "ada@example.com", "password", password.group(1)))
                            .status())
                    .isEqualTo(200);

            Run whole = sesame(server, "audit", "verify");
            assertThat(whole.status()).as(whole.output()).isZero();
            Matcher head = HEAD.matcher(whole.output());
            assertThat(head.find()).isTrue();
            assertThat(server.output()).contains("Audit head " + head.group(1));

            cutTail(server);
            Run cut = sesame(server, "audit", "verify", "--head", head.group(1));
            assertThat(cut.status()).isEqualTo(1);
            assertThat(cut.output()).contains("The log is not whole", "missing");
        }
    }

    private static void cutTail(SesameServer server) throws SQLException {
        try (Connection outside = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.dataDirectory().resolve("sesame.db"));
                var statement = outside.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            assertThat(statement.executeUpdate("DELETE FROM audit_entry WHERE n = (SELECT MAX(n) FROM audit_entry)"))
                    .isEqualTo(1);
        }
    }

    private record Run(int status, String output) {}

    private static Run sesame(SesameServer server, String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(BuiltProgram.command(List.of(), arguments)).redirectErrorStream(true);
        builder.environment().put("DATA_DIR", server.dataDirectory().toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
