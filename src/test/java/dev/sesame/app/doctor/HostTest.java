package dev.sesame.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentPrograms;
import dev.sesame.app.doctor.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {

    @Test
    void everyFindingSaysWhatIsThereAndEveryLackWhatItMeans(@TempDir Path data) {
        assertThat(examine(data)).allSatisfy(finding -> {
            assertThat(finding.detail()).isNotBlank();
            if (finding.state() == State.MISSING) {
                assertThat(finding.remedy()).isNotBlank();
            }
        });
    }

    @Test
    void dataDirectoryNeedNotExistYetAndIsNotMade(@TempDir Path directory) {
        Path data = directory.resolve("not/there");

        assertThat(examine(data))
                .filteredOn(finding -> finding.name().equals("data directory"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(State.OK));
        assertThat(data).doesNotExist();
    }

    private static List<Finding> examine(Path data) {
        return new Host(data, new AgentPrograms(data.resolve("agents"), Map.of(), System.getenv())).examine();
    }

    @Test
    void whatForbidsUserNamespacesIsNamed(@TempDir Path settings) throws IOException {
        assertThat(UserNamespaces.forbidden(settings).detail()).contains("unshare failed");
        set(settings.resolve("kernel/apparmor_restrict_unprivileged_userns"), "1");
        assertThat(UserNamespaces.forbidden(settings).remedy()).contains("AppArmor profile");
        set(settings.resolve("kernel/unprivileged_userns_clone"), "0");
        assertThat(UserNamespaces.forbidden(settings).remedy())
                .isEqualTo("sysctl -w kernel.unprivileged_userns_clone=1");
        set(settings.resolve("user/max_user_namespaces"), "0");
        assertThat(UserNamespaces.forbidden(settings).remedy()).isEqualTo("sysctl -w user.max_user_namespaces=15000");
    }

    private static void set(Path setting, String value) throws IOException {
        Files.createDirectories(setting.getParent());
        Files.writeString(setting, value + "\n");
    }

    @Test
    void reportNamesStateDetailAndRemedy() {
        assertThat(Doctor.report(List.of(
                        Finding.ok("git", "2.39"),
                        Finding.missing("node", "not found", "install it").with(new Fix.Install(Tool.NODE)))))
                .isEqualToNormalizingNewlines("""
                        ok        git              2.39
                        missing   node             not found
                                                   → install it

                        sesame doctor --fix does what can be done from here.""");
    }
}
