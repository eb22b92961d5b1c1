package dev.sesame.sandbox.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.sandbox.Runs;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.Sandbox.Stream;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxContract;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.sandbox.SandboxProvider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeSandboxesTest extends SandboxContract {
    private final FakeSandboxes provider = new FakeSandboxes(FakeSandboxesTest::answer);

    @Override
    protected SandboxProvider provider() {
        return provider;
    }

    @Override
    protected SandboxCommand answering() {
        return Runs.command(provider, place, Map.of(), "answer");
    }

    @Test
    void aTestPlaysTheCommand() throws Exception {
        var scripted = new FakeSandboxes();
        SandboxCommand command = Runs.command(scripted, place, Map.of("A", "b"), "anything");
        Sandbox seen = scripted.start(command);
        FakeSandbox played = scripted.next(Duration.ofSeconds(1));
        assertThat(played.command()).isEqualTo(command);

        Runs.write(seen, 0, "question\n");
        assertThat(played.input()).isEqualTo("question\n");
        played.print("answer");
        assertThat(Runs.output(seen)).isEqualTo("answer\n");
        Instant later = Instant.now().plusSeconds(99);
        assertThat(seen.moveDeadline(later)).isTrue();
        assertThat(played.deadline()).isEqualTo(later);

        played.surviveKills(true);
        assertThat(seen.kill(Duration.ZERO)).isFalse();
        assertThat(played.killed()).isTrue();
        played.passDeadline();
        assertThat(seen.exit()).hasValue(137);
        assertThat(seen.deadlinePassed()).isTrue();
    }

    @Test
    void aStartFailsOnceWhenTold() {
        provider.refuseNext(new SandboxException("The disk is full"));
        SandboxCommand command = answering();
        assertThatThrownBy(() -> provider.start(command)).hasMessage("The disk is full");
        assertThat(provider.find(command.directory())).isEmpty();
        assertThat(start(command).exit()).isEmpty();
    }

    private static void answer(FakeSandbox sandbox) throws InterruptedException {
        sandbox.print("ready");
        for (String line = sandbox.readLine(); line != null; line = sandbox.readLine()) {
            sandbox.print(Stream.STDERR, ("seen " + line + "\n").getBytes(StandardCharsets.UTF_8));
            sandbox.print("got " + line);
        }
        sandbox.end(3);
    }
}
