package dev.sesame.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.sandbox.SandboxCommand.Limits;
import dev.sesame.sandbox.local.ControlGroups.Controller;
import dev.sesame.sandbox.local.ControlGroups.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which groups are chosen, on trees of plain files; that limits hold is tested where the host has groups.
class ControlGroupsTest {
    private @TempDir Path root;

    @Test
    void versionOneUsesTheControllersThatAreThere() throws IOException {
        Files.createDirectories(root.resolve("memory"));
        Files.createDirectories(root.resolve("cpu"));

        ControlGroups groups = ControlGroups.find(root, "");

        assertThat(groups.parents()).containsOnlyKeys(Controller.MEMORY, Controller.PROCESSORS);
        assertThat(groups.make("one", new Limits(1 << 20, 10, 1, 0)))
                .containsExactly(root.resolve("memory/sesame/one"), root.resolve("cpu/sesame/one"));
        assertThat(groups.describe())
                .isEqualTo("memory, processors limited by control groups (version 1), processes not limited, since no"
                        + " control group for them can be made here");
    }

    @Test
    void versionTwoUsesTheRootWhereItMay() throws IOException {
        Files.createFile(root.resolve("cgroup.controllers"));
        Files.createDirectory(root.resolve("sesame"));

        ControlGroups groups = ControlGroups.find(root, "0::/user.slice/session");

        assertThat(groups.version()).isEqualTo(Version.V2);
        assertThat(groups.parents()).hasSize(3).containsValue(root.resolve("sesame"));
        assertThat(groups.make("one", new Limits(1 << 20, 10, 1, 0))).isEqualTo(List.of(root.resolve("sesame/one")));
    }

    @Test
    void versionTwoUsesWhatTheServiceManagerDelegated() throws IOException {
        Files.createFile(root.resolve("cgroup.controllers"));
        Files.createFile(root.resolve("sesame")); // where no directory can be made
        Path service = root.resolve("system.slice/sesame.service");
        Files.createDirectories(service.resolve("server"));

        ControlGroups groups = ControlGroups.find(root, "0::/system.slice/sesame.service/server");

        assertThat(groups.parents()).hasSize(3).containsValue(service.resolve("sesame"));
    }

    @Test
    void nothingIsLimitedWhereNothingCanBeMade() throws IOException {
        Files.createFile(root.resolve("cgroup.controllers"));
        Files.createFile(root.resolve("sesame"));

        ControlGroups groups = ControlGroups.find(root, "0::/../..");

        assertThat(groups.parents()).isEmpty();
        assertThat(groups.make("one", new Limits(1 << 20, 10, 1, 0))).isEmpty();
        assertThat(groups.describe()).startsWith("memory, processes, processors not limited");
    }
}
