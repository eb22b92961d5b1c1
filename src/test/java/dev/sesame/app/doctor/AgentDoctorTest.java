package dev.sesame.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentExamination;
import dev.sesame.app.doctor.Finding.State;
import dev.sesame.task.UnknownLines;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void whatIsNotKnownIsToldByVersionWithTheNewestTask() {
        List<UnknownLines.Count> unknown = List.of(
                unknown("codex", "0.169.0", "item/mood", 3),
                unknown("codex", "0.170.0", "thread/nap", 2),
                unknown("gemini", "1.0", "other", 9));

        assertThat(AgentDoctor.notUnderstood("codex", unknown))
                .extracting(Finding::detail)
                .satisfiesExactly(
                        old -> assertThat(old).contains("version 0.169.0", "item/mood (3×, last in task_item/mood)"),
                        newer -> assertThat(newer).contains("version 0.170.0", "thread/nap (2×"));
        assertThat(AgentDoctor.notUnderstood("amp", unknown)).isEmpty();
    }

    @Test
    void ofManyKindsOnlySomeAreShown() {
        List<UnknownLines.Count> unknown = IntStream.range(0, 8)
                .mapToObj(i -> unknown("codex", "1", "kind" + i, 1))
                .toList();

        assertThat(AgentDoctor.notUnderstood("codex", unknown))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail())
                        .contains("kind4")
                        .endsWith(" and 3 more")
                        .doesNotContain("kind5"));
    }

    private static UnknownLines.Count unknown(String agent, String version, String kind, long lines) {
        return new UnknownLines.Count(agent, version, kind, lines, Instant.EPOCH, "task_" + kind);
    }

    private static Finding finding(
            @Nullable Path given, String found, String trouble, List<String> others, boolean placed) {
        return AgentDoctor.finding(
                new AgentExamination("codex", "Codex", "0.169.0", given, found, trouble, others, false, placed));
    }
}
