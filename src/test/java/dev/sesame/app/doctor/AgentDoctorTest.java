package dev.sesame.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentExamination;
import dev.sesame.app.doctor.Finding.State;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentDoctorTest {
    private static final Path OWN = Path.of("/opt/codex");

    @Test
    void theTestedVersionIsWell() {
        Finding finding = finding(null, "codex-cli 0.169.0", "", List.of(), true);

        assertThat(finding.state()).isEqualTo(State.OK);
        assertThat(finding.remedy()).isEmpty();
    }

    @Test
    void olderVersionsBesideItAreTold() {
        Finding finding = finding(null, "codex-cli 0.169.0", "", List.of("0.160.0"), true);

        assertThat(finding.detail()).isEqualTo("0.169.0; also there: 0.160.0");
        assertThat(finding.remedy()).isEqualTo("sesame agents update --remove-others codex");
    }

    @Test
    void onlyAnOlderVersionWantsAnUpdate() {
        Finding finding = finding(null, "", "", List.of("0.160.0"), false);

        assertThat(finding.state()).isEqualTo(State.OPTIONAL);
        assertThat(finding.remedy()).isEqualTo("sesame agents update codex");
    }

    @Test
    void aGivenProgramOfAnotherVersionIsNamedWithTheTestedOne() {
        Finding finding = finding(OWN, "codex-cli 0.200.0", "", List.of(), false);

        assertThat(finding.state()).isEqualTo(State.OPTIONAL);
        assertThat(finding.detail()).contains("0.200.0", "/opt/codex", "0.169.0");
    }

    @Test
    void aProgramThatDoesNotRunIsMissing() {
        Finding finding = finding(null, "", "Codex needs Node.js 20 or newer", List.of(), true);

        assertThat(finding.state()).isEqualTo(State.MISSING);
        assertThat(finding.detail()).isEqualTo("Codex needs Node.js 20 or newer");
    }

    @Test
    void aDirectoryWithoutItsProgramIsInstalledAgain() {
        assertThat(finding(null, "", "", List.of(), true).remedy()).isEqualTo("sesame agents install codex");
    }

    private static Finding finding(
            @Nullable Path given, String found, String trouble, List<String> others, boolean placed) {
        return AgentDoctor.finding(
                new AgentExamination("codex", "Codex", "0.169.0", given, found, trouble, others, false, placed));
    }
}
