package dev.sesame.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.git.GitException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoriesTest {
    @TempDir
    Path temporary;

    private Path root;
    private Repositories repositories;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectory(temporary.resolve("root"));
        repositories = new Repositories(List.of(temporary.resolve("missing"), root), "https://git.example.org/");
    }

    @Test
    void localRepositoriesAreNamedByTheirPlace() throws IOException {
        bare(root.resolve("app.git"));
        bare(root.resolve("team/app.git"));

        assertThat(repositories.resolve("app")).isEqualTo(new RepositoryRef("app", real("app.git"), true));
        assertThat(repositories.resolve("team/app"))
                .isEqualTo(new RepositoryRef("team/app", real("team/app.git"), true));
        assertThat(repositories.localNames()).containsExactly("app", "team/app");
    }

    @Test
    void otherNamesAreOnTheHost() {
        assertThat(repositories.resolve("ada/app"))
                .isEqualTo(new RepositoryRef("ada/app", "https://git.example.org/ada/app.git", false));
        assertThat(repositories.resolve("ada/.github").url()).isEqualTo("https://git.example.org/ada/.github.git");
    }

    @Test
    void aSingleNameThatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> repositories.resolve("app"))
                .isInstanceOfSatisfying(
                        GitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REPOSITORY_NOT_FOUND))
                .hasMessage("There is no local repository app; a repository on the git host is named owner/repo");
    }

    @Test
    void nothingOutsideTheRootsIsReachable() throws IOException {
        bare(temporary.resolve("outside/app.git"));
        Files.createSymbolicLink(root.resolve("linked.git"), temporary.resolve("outside/app.git"));
        Files.createSymbolicLink(root.resolve("team"), temporary.resolve("outside"));

        assertThatThrownBy(() -> repositories.resolve("linked")).isInstanceOf(GitException.class);
        assertThat(repositories.resolve("team/app").local()).isFalse();
        assertThat(repositories.localNames()).isEmpty();
    }

    @Test
    void aLinkWithinTheRootsIsFollowed() throws IOException {
        bare(root.resolve("app.git"));
        Files.createSymbolicLink(root.resolve("alias.git"), root.resolve("app.git"));

        assertThat(repositories.resolve("alias").url()).isEqualTo(real("app.git"));
    }

    @Test
    void aWorkingCopyIsNoLocalRepository() throws IOException {
        Files.createDirectories(root.resolve("app/.git/objects"));
        Files.createDirectories(root.resolve("empty.git"));

        assertThat(repositories.localNames()).isEmpty();
        assertThatThrownBy(() -> repositories.resolve("empty")).isInstanceOf(GitException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a/",
                "/a",
                "a//b",
                "a/b/c",
                "..",
                "../a",
                "a/..",
                "a/../b",
                ".a",
                ".a/b",
                "-a",
                "a/-b",
                "--upload-pack=x",
                "a b",
                "a\nb",
                "a\0",
                "a/b\u007f",
                "a/b?x",
                "a/b#x",
                "a/b%2e",
                "a\\b",
                "ä/b",
                "https://evil.example/a",
                "user:pw@host/a",
                "a:b",
                "a/b.git",
                "a.git",
                "a/b.",
                "\ud800/a"
            })
    void malformedNamesAreRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> repositories.resolve(name))
                .withMessage("A repository is named owner/repo, or by the name of a local repository; without .git");
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> repositories.resolve("a/" + "b".repeat(199)))
                .withMessage("The name of the repository is longer than 200 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://host", "file:///tmp", "https://user:pw@host", "https://host?x=1", "github.com"})
    void aHostMustBeAPlainWebAddress(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Repositories(List.of(), url));
    }

    private String real(String path) throws IOException {
        return root.resolve(path).toRealPath().toString();
    }

    private static void bare(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("objects"));
        Files.createDirectories(directory.resolve("refs"));
        Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/main\n");
    }
}
