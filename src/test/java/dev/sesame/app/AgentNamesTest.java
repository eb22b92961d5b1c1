package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver;
import dev.sesame.agent.AgentPrograms;
import dev.sesame.setting.SettingKeys;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentNamesTest {

    @Test
    void every_agent_and_nothing_else_can_be_the_default_one() {
        var programs = new AgentPrograms(Path.of("unused"), Map.of(), Map.of());

        assertThat(Wiring.drivers(programs, () -> true).map(AgentDriver::id))
                .containsExactlyInAnyOrderElementsOf(
                        SettingKeys.TASKS_DEFAULT_AGENT.type().choices());
    }
}
