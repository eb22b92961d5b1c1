package dev.sesame.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RepairTest {

    private static final Finding NO_GIT =
            Finding.missing("git", "not found", "install git").with(new Fix.Install(Tool.GIT));
    private static final Finding NO_NODE =
            Finding.missing("node", "not found", "install Node").with(new Fix.Install(Tool.NODE));

    private final List<String> ran = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private int status;

    @Test
    void allPackagesGoIntoOneCommandAfterFreshLists() {
        assertThat(repair(Installer.APT_GET, true, _ -> true).repair(List.of(NO_GIT, NO_NODE)))
                .isTrue();

        assertThat(ran)
                .containsExactly("apt-get -qq update", "apt-get install -y --no-install-recommends git nodejs npm");
        assertThat(said).as("said before it is done").containsExactlyElementsOf(indented(ran));
    }

    @Test
    void whoIsNotRootInstallsBySudoExceptWithBrew() {
        repair(Installer.DNF, false, _ -> true).repair(List.of(NO_GIT));
        repair(Installer.BREW, false, _ -> true).repair(List.of(NO_NODE));

        assertThat(ran).containsExactly("sudo dnf install -y git", "brew install node");
    }

    @Test
    void nothingRunsWithoutConsent() {
        assertThat(repair(Installer.APT_GET, true, _ -> false).repair(List.of(NO_GIT)))
                .isTrue();

        assertThat(ran).isEmpty();
        assertThat(said).isNotEmpty();
    }

    @Test
    void failedCommandEndsIt() {
        status = 100;

        assertThat(repair(Installer.APT_GET, true, _ -> true).repair(List.of(NO_GIT)))
                .isFalse();

        assertThat(ran).hasSize(1);
        assertThat(said).last().asString().contains("ended with 100");
    }

    @Test
    void hostWithoutKnownManagerIsToldWhatToInstall() {
        Repair repair = new Repair(Optional.empty(), true, _ -> true, this::run, said::add);

        assertThat(repair.repair(List.of(NO_GIT))).isFalse();
        assertThat(said).singleElement().asString().contains("GIT");
    }

    @Test
    void ownFixThatFailsIsReported() {
        Finding broken = Finding.missing("agents", "none", "install the agents").with(new Fix.Run(_ -> {
            throw new IllegalStateException("no network");
        }));

        assertThat(repair(Installer.APT_GET, true, _ -> true).repair(List.of(broken)))
                .isFalse();
        assertThat(said).containsExactly("install the agents failed: no network");
    }

    @Test
    void whatIsThereOrHasNoFixIsLeftAlone() {
        Finding optional = Finding.optional("mise", "not found", "see its site");
        Finding there = Finding.ok("git", "2.39").with(new Fix.Install(Tool.GIT));

        assertThat(repair(Installer.APT_GET, true, _ -> true).repair(List.of(optional, there)))
                .isTrue();
        assertThat(ran).isEmpty();
    }

    private Repair repair(Installer manager, boolean root, Predicate<String> agreed) {
        return new Repair(Optional.of(manager), root, agreed, this::run, said::add);
    }

    private int run(List<String> command) {
        ran.add(String.join(" ", command));
        return status;
    }

    private static List<String> indented(List<String> lines) {
        return lines.stream().map(line -> "  " + line).toList();
    }
}
