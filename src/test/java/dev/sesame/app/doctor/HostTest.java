package dev.sesame.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.app.doctor.Finding.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {

    @Test
    void everyFindingSaysWhatIsThereAndEveryLackWhatItMeans(@TempDir Path data) {
        assertThat(new Host(data).examine()).allSatisfy(finding -> {
            assertThat(finding.detail()).isNotBlank();
            if (finding.state() == State.MISSING) {
                assertThat(finding.remedy()).isNotBlank();
            }
        });
    }

    @Test
    void dataDirectoryNeedNotExistYetAndIsNotMade(@TempDir Path directory) {
        Path data = directory.resolve("not/there");

        assertThat(new Host(data).examine())
                .filteredOn(finding -> finding.name().equals("data directory"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(State.OK));
        assertThat(data).doesNotExist();
    }

    @Test
    void reportNamesStateDetailAndRemedy() {
        assertThat(Doctor.report(java.util.List.of(
                        Finding.ok("git", "2.39"),
                        Finding.missing("node", "not found", "install it").with(new Fix.Install(Tool.NODE)))))
                .isEqualToNormalizingNewlines("""
                        ok        git             2.39
                        missing   node            not found
                                                  → install it

                        sesame doctor --fix does what can be done from here.""");
    }
}
