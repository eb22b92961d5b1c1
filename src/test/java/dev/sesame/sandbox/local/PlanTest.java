package dev.sesame.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Limits;
import dev.sesame.sandbox.SandboxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    @Test
    void valuesAreQuoted() {
        assertThat(Plan.text(command(Map.of("A", "it's $(id)")), false)).contains("export A='it'\\''s $(id)'\n");
    }

    @Test
    void aPathIsAlwaysThere() {
        assertThat(Plan.text(command(Map.of()), false)).contains("export PATH=/usr/local/bin:/usr/bin:/bin\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A;id", "A B", "Ä", "A\n"})
    void aNameThatAShellWouldReadOtherwiseIsRefused(String name) {
        assertThatThrownBy(() -> Plan.text(command(Map.of(name, "x")), false))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("no name");
    }

    @Test
    void nulIsRefused() {
        assertThatThrownBy(() -> Plan.text(command(Map.of("A", "x\0y")), false))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("NUL");
    }

    private static SandboxCommand command(Map<String, String> environment) {
        return new SandboxCommand(
                Path.of("control"), List.of(), "/", environment, List.of("true"), 1, Instant.EPOCH, Limits.NONE);
    }
}
