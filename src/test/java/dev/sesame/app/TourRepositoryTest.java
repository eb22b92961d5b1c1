package dev.sesame.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TourRepositoryTest {
    private @TempDir Path temp;

    @Test
    void makesABareRepositoryWithAHistory() throws Exception {
        TourRepository repository = TourRepository.create(temp.resolve("hello.git"));
        assertThat(repository.commits()).isEqualTo("2");
        assertThat(repository.log("main")).isEmpty();
        assertThat(temp.resolve("hello.git/HEAD")).hasContent("ref: refs/heads/main");
    }

    @Test
    void saysWhatGitSaidWhenItRefuses() throws Exception {
        TourRepository repository = TourRepository.create(temp.resolve("hello.git"));
        assertThatThrownBy(() -> repository.log("nowhere"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("git log failed")
                .hasMessageContaining("nowhere");
    }
}
