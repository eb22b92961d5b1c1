package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sesame.git.GitException;
import dev.sesame.git.Repositories;
import dev.sesame.git.RepositoryRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRepositoryTest {
    @TempDir
    Path directory;

    @Test
    void isMadeWhenItIsAskedForAndIsThereFromThenOn() throws Exception {
        DemoRepository demo = new DemoRepository(directory.resolve("demo"));
        assertThat(demo.named("other")).isEmpty();
        assertThat(directory.resolve("demo")).doesNotExist();

        Path bare = demo.named(DemoRepository.NAME).orElseThrow();
        assertThat(bare.resolve("refs/heads/main")).exists();
        var made = Files.getLastModifiedTime(bare);
        assertThat(new DemoRepository(directory.resolve("demo")).named(DemoRepository.NAME))
                .contains(bare);
        assertThat(Files.getLastModifiedTime(bare)).isEqualTo(made);
    }

    @Test
    void isResolvedByNameAndInNoList() {
        DemoRepository demo = new DemoRepository(directory.resolve("demo"));
        Repositories repositories = new Repositories(List::of, () -> "https://github.com", demo::named);
        RepositoryRef ref = repositories.resolve(DemoRepository.NAME);
        assertThat(ref.local()).isTrue();
        assertThat(Path.of(ref.url())).isDirectory();
        assertThat(repositories.localNames()).isEmpty();
        assertThatThrownBy(() -> repositories.resolve("nothing")).isInstanceOf(GitException.class);
    }
}
