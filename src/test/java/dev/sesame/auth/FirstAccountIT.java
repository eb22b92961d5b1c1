package dev.sesame.auth;

import static dev.sesame.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.Answer;
import dev.sesame.SesameServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FirstAccountIT {
    private static final List<String> STATES =
            List.of("setupComplete", "hasAdmin", "setupTokenRequired", "registrationOpen");

    private static final Pattern TOKEN = Pattern.compile("Setup token for the first account: ([A-Za-z0-9]+)");

    @Test
    void on_this_machine_alone_the_first_account_is_the_admins_and_then_the_door_closes() {
        try (var server = SesameServer.start()) {
            assertThat(server.output()).doesNotContain("Setup token");
            assertThat(status(server))
                    .isEqualTo(Map.of(
                            "setupComplete",
                            false,
                            "hasAdmin",
                            false,
                            "setupTokenRequired",
                            false,
                            "registrationOpen",
                            true));

            var admin = server.admin();

            assertThat(admin.get("/api/auth/get-session")
                            .json()
                            .at("/user/role")
                            .asText())
                    .isEqualTo("admin");
            assertThat(status(server))
                    .isEqualTo(Map.of(
                            "setupComplete",
                            true,
                            "hasAdmin",
                            true,
                            "setupTokenRequired",
                            false,
                            "registrationOpen",
                            false));
            Answer second = signUp(server, "second@example.com", null);
            assertProblem(second, 403, "Sign-up is closed");
            assertThat(second.text("code")).isEqualTo("REGISTRATION_CLOSED");
        }
    }

    @Test
    void where_others_can_reach_the_server_one_of_many_with_the_console_token_becomes_admin() throws Exception {
        try (var server = SesameServer.start(Map.of("HOST", "0.0.0.0"))) {
            assertThat(status(server)).containsEntry("setupTokenRequired", true);
            for (String wrong : new @Nullable String[] {null, "", "x"}) {
                Answer refused = signUp(server, "a@example.com", wrong);
                assertProblem(refused, 403, "setup token");
                assertThat(refused.text("code")).isEqualTo("SETUP_TOKEN_REQUIRED");
            }

            List<Answer> answers = allAtOnce(server, token(server));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 403).hasSize(answers.size() - 1);
            Answer winner = answers.stream()
                    .filter(answer -> answer.status() == 200)
                    .findAny()
                    .orElseThrow();
            assertThat(winner.json().at("/user/role").asText()).isEqualTo("admin");

            server.kill();
            server.restart();

            assertThat(status(server)).containsEntry("hasAdmin", true).containsEntry("setupTokenRequired", false);
            assertThat(TOKEN.matcher(server.output()).results()).hasSize(1);
            assertThat(server.browser(winner)
                            .get("/api/auth/get-session")
                            .json()
                            .at("/user/id"))
                    .isEqualTo(winner.json().at("/user/id"));
        }
    }

    private static List<Answer> allAtOnce(SesameServer server, String token) throws Exception {
        List<Callable<Answer>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String email = "racer" + i + "@example.com";
            attempts.add(() -> signUp(server, email, token));
        }
        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(attempts)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static Answer signUp(SesameServer server, String email, @Nullable String token) {
        Map<String, String> body = new HashMap<>(Map.of("name", "N", "email", email, "password", "correct horse"));
        if (token != null) {
            body.put("setupToken", token);
        }
        return server.anonymous().post("/api/auth/sign-up/email", body);
    }

    private static Map<String, Object> status(SesameServer server) {
        Map<String, Object> status = new HashMap<>();
        server.anonymous().get("/api/setup/status").json().properties().stream()
                .filter(member -> STATES.contains(member.getKey()))
                .forEach(member -> status.put(member.getKey(), member.getValue().asBoolean()));
        return status;
    }

    private static String token(SesameServer server) {
        Matcher matcher = TOKEN.matcher(server.output());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
