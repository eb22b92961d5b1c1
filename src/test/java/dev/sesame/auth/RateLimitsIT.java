package dev.sesame.auth;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitsIT {
    /// Without those that every test server gets.
    private static final List<String> DEFAULT_LIMITS =
            List.of("env", "-u", "RATE_LIMIT_AUTH_PER_MINUTE", "-u", "RATE_LIMIT_KEY_PER_MINUTE");

    @Test
    void attempts_of_one_address_and_requests_with_one_key_are_counted() {
        try (var server = SesameServer.start(Map.of(
                "RATE_LIMIT_AUTH_PER_MINUTE", "10",
                "RATE_LIMIT_KEY_PER_MINUTE", "5",
                "SERVER_TRUSTED_PROXIES", "127.0.0.0/8"))) {
            HttpUser admin = server.admin(); // the first attempt
            HttpUser key = server.keyOf(admin);
            Map<String, String> wrong = Map.of("email", "ada@example.com", "password", "wrong horse");
            for (int i = 0; i < 9; i++) {
                assertThat(server.anonymous()
                                .post("/api/auth/sign-in/email", wrong)
                                .status())
                        .isEqualTo(401);
            }

            refused(server.anonymous().post("/api/auth/sign-in/email", wrong), "10");
            refused(server.anonymous().post("/api/auth/sign-up/email", Map.of()), "10");
            refused(admin.post("/api/auth/change-password", Map.of()), "10");
            assertThat(server.anonymous()
                            .with("X-Forwarded-For", "192.0.2.7")
                            .post("/api/auth/sign-in/email", wrong)
                            .status())
                    .isEqualTo(401);
            assertThat(admin.get("/api/auth/get-session").status()).isEqualTo(200);

            for (int i = 0; i < 5; i++) {
                assertThat(key.get("/api/tasks").status()).isEqualTo(200);
            }
            refused(key.get("/api/tasks"), "5");
            refused(key.get("/api/events"), "5");
            assertThat(server.keyOf(admin).get("/api/tasks").status()).isEqualTo(200);
        }
    }

    @Test
    void by_default_a_key_has_100_requests_and_a_forged_address_gives_no_further_attempt() {
        try (var server = SesameServer.start(Map.of(), DEFAULT_LIMITS)) {
            HttpUser admin = server.admin();
            HttpUser key = server.keyOf(admin);
            for (int i = 1; i <= 100; i++) {
                assertThat(key.get("/api/tasks").status()).as("request %d", i).isEqualTo(200);
            }
            refused(key.get("/api/tasks"), "100");

            server.stop();
            server.restart(); // the sign-up was an attempt too
            Map<String, String> wrong = Map.of("email", "ada@example.com", "password", "wrong horse");
            for (int i = 1; i <= 10; i++) {
                Answer answer = forged(server, i).post("/api/auth/sign-in/email", wrong);
                assertThat(answer.status()).as("attempt %d", i).isEqualTo(401);
            }
            for (int i = 11; i <= 15; i++) {
                refused(forged(server, i).post("/api/auth/sign-in/email", wrong), "10");
            }
            refused(server.anonymous().post("/api/auth/sign-in/email", wrong), "10");
        }
    }

    private static HttpUser forged(SesameServer server, int n) {
        return server.anonymous().with("X-Forwarded-For", "192.0.2." + n);
    }

    private static void refused(Answer answer, String limit) {
        assertProblem(answer, 429, "in a minute");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 60);
        assertThat(answer.header("x-retry-after")).isEqualTo(answer.header("retry-after"));
        assertThat(answer.header("ratelimit-limit")).isEqualTo(limit);
        assertThat(answer.header("ratelimit-remaining")).isEqualTo("0");
        assertThat(answer.header("ratelimit-reset")).isEqualTo(answer.header("retry-after"));
    }
}
