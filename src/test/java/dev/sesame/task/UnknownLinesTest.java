package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import dev.sesame.task.UnknownLines.Count;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnknownLinesTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = THEN.plusSeconds(1);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theyAreCountedByVersionWithTheNewestTask(Kind kind, @TempDir Path directory) throws Exception {
        try (TestDatabase test = TestDatabases.fresh(kind, directory)) {
            Database database = test.open();
            add(database, "1.0", "task_1", Map.of("a", 2, "b", 5), THEN);
            add(database, "1.0", "task_2", Map.of("a", 1), NOW);
            add(database, "1.1", "task_3", Map.of("a", 1), NOW);

            assertThat(UnknownLines.list(database))
                    .containsExactly(
                            new Count("codex", "1.0", "b", 5, THEN, "task_1"),
                            new Count("codex", "1.0", "a", 3, NOW, "task_2"),
                            new Count("codex", "1.1", "a", 1, NOW, "task_3"));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whateverAProgramSaysIsAShortPlainNameAndThereAreNotManyOfThem(Kind kind, @TempDir Path directory)
            throws Exception {
        try (TestDatabase test = TestDatabases.fresh(kind, directory)) {
            Database database = test.open();
            add(database, "1", "task_1", Map.of("\u0000\ud800\u001b[2J" + "é".repeat(300), 1), NOW);
            for (int i = 0; i < 150; i++) {
                add(database, "1", "task_1", Map.of("kind " + i, 1), NOW);
            }

            assertThat(UnknownLines.list(database))
                    .hasSize(101)
                    .allSatisfy(count -> assertThat(count.kind()).matches("[ -~]{1,200}"))
                    .first()
                    .isEqualTo(new Count("codex", "1", "others", 51, NOW, "task_1"));
        }
    }

    private static void add(Database database, String version, String taskId, Map<String, Integer> kinds, Instant now) {
        database.write(tx -> {
            UnknownLines.add(tx, "codex", version, taskId, kinds, now);
            return 0;
        });
    }
}
