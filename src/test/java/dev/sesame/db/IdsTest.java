package dev.sesame.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IdsTest {
    @Test
    void idsAreRandomAndPlain() {
        assertThat(Stream.generate(() -> Ids.next("task")).limit(10_000))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("task_[0-9a-z]{16}"));
    }
}
