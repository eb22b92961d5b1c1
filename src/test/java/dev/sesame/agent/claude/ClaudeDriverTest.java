package dev.sesame.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver.Assignment;
import dev.sesame.agent.AgentDriver.Credentials;
import dev.sesame.agent.AgentDriver.Launch;
import dev.sesame.agent.AgentDriver.Program;
import dev.sesame.agent.AgentPrograms;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaudeDriverTest {
    private static final Program PROGRAM = new Program(List.of(), List.of("/opt/claude"), "1");

    private final ClaudeDriver driver = new ClaudeDriver(new AgentPrograms(Path.of("unused"), Map.of(), Map.of()));

    @Test
    void withoutACredentialItSaysWhichAndWhere() {
        assertThat(driver.missing(known(Map.of())))
                .hasValueSatisfying(words -> assertThat(words)
                        .contains("Settings › Provider keys", "ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN"));
        assertThat(driver.missing(known(Map.of("ANTHROPIC_API_KEY", "k")))).isEmpty();
        assertThat(driver.missing(known(Map.of("CLAUDE_CODE_OAUTH_TOKEN", "t"))))
                .isEmpty();
    }

    @Test
    void secretsAreInTheEnvironmentAndNotInTheArguments() {
        Launch launch = driver.launch(
                assignment(null, false, null),
                PROGRAM,
                known(Map.of("ANTHROPIC_API_KEY", "secret-key", "ANTHROPIC_BASE_URL", "http://gateway")));

        assertThat(launch.environment())
                .containsEntry("ANTHROPIC_API_KEY", "secret-key")
                .containsEntry("ANTHROPIC_BASE_URL", "http://gateway");
        assertThat(String.join(" ", launch.arguments())).doesNotContain("secret-key");
        assertThat(launch.homeFiles()).isEmpty();
    }

    @Test
    void theSubscriptionsTokenGoesBeforeTheKey() {
        Launch launch = driver.launch(
                assignment(null, false, null),
                PROGRAM,
                known(Map.of("ANTHROPIC_API_KEY", "k", "CLAUDE_CODE_OAUTH_TOKEN", "t")));

        assertThat(launch.environment())
                .containsEntry("CLAUDE_CODE_OAUTH_TOKEN", "t")
                .doesNotContainKey("ANTHROPIC_API_KEY");
    }

    @Test
    void whatTheUserChoseNeverBecomesAnOption() {
        Launch launch = driver.launch(assignment("--bare", true, "--continue"), PROGRAM, known(Map.of()));

        assertThat(launch.arguments())
                .startsWith("/opt/claude", "-p")
                .contains("--permission-mode=default", "--model=--bare", "--resume=--continue")
                .doesNotContain("--bare", "--continue");
    }

    private static Assignment assignment(@Nullable String model, boolean ask, @Nullable String resume) {
        return new Assignment("task_1", 1, "Do it", model, ask, resume, List.of(), "/workspace", "/home/agent");
    }

    private static Credentials known(Map<String, String> values) {
        return name -> Optional.ofNullable(values.get(name));
    }
}
