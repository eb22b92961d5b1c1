package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent can put into its clone runs nothing and leaks nothing when the work is collected, compared and
/// pushed. Each trap would leave a file behind.
class HostileWorkTest {
    /// Every setting by which git runs a program or goes elsewhere.
    private static final String CONFIG = """
            [core]
            \trepositoryformatversion = 0
            \tfsmonitor = TRAP
            \thooksPath = hooks
            \tsshCommand = TRAP
            \tpager = TRAP
            \teditor = TRAP
            \taskPass = TRAP
            \tgitProxy = TRAP
            \talternateRefsCommand = TRAP
            \tattributesFile = ATTRIBUTES
            \tworktree = /
            [commit]
            \tgpgSign = true
            [gpg]
            \tprogram = TRAP
            [credential]
            \thelper = TRAP
            [diff]
            \texternal = TRAP
            [diff "evil"]
            \tcommand = TRAP
            \ttextconv = TRAP
            [filter "evil"]
            \tclean = TRAP
            \tsmudge = TRAP
            \tprocess = TRAP
            \trequired = true
            [merge "evil"]
            \tdriver = TRAP
            [url "file:///tmp/elsewhere"]
            \tinsteadOf = PLACE
            \tpushInsteadOf = PLACE
            [remote "origin"]
            \turl = ext::TRAP
            \tuploadpack = TRAP
            \treceivepack = TRAP
            [uploadpack]
            \tpackObjectsHook = TRAP
            [include]
            \tpath = /etc/passwd
            [alias]
            \tadd = !TRAP
            """;

    @TempDir
    Path temporary;

    private Scene scene;
    private Scene.Clone clone;
    private Path sprung;
    private Path trap;

    @BeforeEach
    void start() throws IOException {
        scene = new Scene(temporary);
        clone = scene.clone(scene.fetch());
        sprung = temporary.resolve("sprung");
        trap = Files.writeString(temporary.resolve("trap.sh"), "#!/bin/sh\necho \"$0 $*\" >>" + sprung + "\ncat\n");
        Files.setPosixFilePermissions(trap, PosixFilePermissions.fromString("rwxr-xr-x"));
        clone.git().write("work.txt", "work");
    }

    @Test
    void hooksAndConfigurationRunNothing() throws IOException {
        Path dotGit = clone.git().directory().resolve(".git");
        for (String hook : List.of(
                "pre-commit",
                "commit-msg",
                "post-commit",
                "post-index-change",
                "pre-push",
                "reference-transaction",
                "post-checkout",
                "pre-auto-gc",
                "update",
                "post-update",
                "pre-receive")) {
            Files.createDirectories(dotGit.resolve("hooks"));
            Files.createLink(dotGit.resolve("hooks").resolve(hook), trap);
        }
        Files.writeString(
                dotGit.resolve("config"),
                CONFIG.replace("TRAP", trap.toString()).replace("PLACE", scene.repository.url()));
        clone.git().write(".gitattributes", "* filter=evil diff=evil merge=evil ident\n");

        String kept = clone.keep();
        look(kept);
        scene.store.push(scene.repository, Scene.NONE, kept, Scene.BRANCH, Scene.NONE);

        assertThat(sprung).doesNotExist();
        assertThat(scene.origin.run("rev-parse", Scene.BRANCH)).isEqualTo(kept);
        assertThat(clone.changed(kept)).containsExactly(".gitattributes", "work.txt");
        assertThat(clone.kept().run("cat-file", "blob", kept + ":work.txt")).isEqualTo("work");
    }

    @Test
    void aLinkOutOfTheTreeIsOnlyItsText() throws IOException {
        Path secret = Files.writeString(temporary.resolve("secret"), "the server's own secret");
        Files.createSymbolicLink(clone.git().directory().resolve("link"), secret);
        Files.createSymbolicLink(clone.git().directory().resolve("directory"), temporary);
        Files.delete(clone.git().directory().resolve("README.md"));
        Files.createSymbolicLink(clone.git().directory().resolve("README.md"), secret);

        String kept = clone.keep();

        assertThat(look(kept)).contains("+" + secret).doesNotContain("the server's own secret");
        assertThat(clone.kept().run("ls-tree", "-r", "--name-only", kept).lines())
                .containsExactly("README.md", "directory", "link", "work.txt");
    }

    @Test
    void alternatesOfTheAgentsMakingStayInTheClone() throws IOException {
        Path alternates = clone.git().directory().resolve(".git/objects/info/alternates");
        Files.writeString(alternates, Files.readString(alternates) + temporary + "/elsewhere/objects\n");

        String kept = clone.keep();

        Path ours = clone.kept().directory().resolve("objects/info");
        assertThat(ours.resolve("alternates")).hasContent("../../mirror.git/objects");
        assertThat(clone.kept().run("fsck", "--strict", "--no-dangling")).doesNotContain("missing", "error");
        assertThat(clone.changed(kept)).containsExactly("work.txt");
    }

    @Test
    void namesAreNeverOptionsOrShellText() {
        String name = "$(touch " + sprung + ")`touch " + sprung + "`;'\"";
        clone.git().write("--output=" + sprung.getFileName(), "x").write(name.replace('/', '_'), "y");
        WorkspaceRun run = WorkspaceRun.of(
                clone.workspace().commitStep(clone.start(), "--amend $(touch " + sprung + ")"), temporary);

        assertThat(run.exit()).isZero();
        assertThat(run.output()).isNotEmpty();
        assertThat(sprung).doesNotExist();
        assertThat(clone.changed(clone.keep())).hasSize(3);
    }

    private String look(String kept) {
        var diff = new ByteArrayOutputStream();
        scene.store.diff(scene.repository, clone.start(), kept, diff, 1 << 20);
        scene.store.pathWithSecret(scene.repository, clone.start(), kept, _ -> false);
        return diff.toString(StandardCharsets.UTF_8);
    }
}
