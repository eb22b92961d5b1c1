package dev.sesame.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.db.Database;
import dev.sesame.db.TestDatabases;
import dev.sesame.event.EventBody.Done;
import dev.sesame.event.EventBody.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresEventCursorTest extends EventCursorContract {
    @TempDir
    Path elsewhere;

    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.POSTGRES;
    }

    @Test
    void readersOnAnotherServerFollowToo() throws Exception {
        long epoch = newTask(TASK);
        append(TASK, epoch, log("0"));
        try (Database other = fixture.openElsewhere(elsewhere);
                TestReader reader = new TestReader(new EventLog(other, clock), TASK, -1, FullText.EACH)) {
            assertThat(reader.follow()).hasSize(1);
            for (int i = 0; i < 20; i++) {
                append(TASK, epoch, text("m", i + " "), log("x"));
                while (reader.last() < 2L * i + 2) {
                    reader.follow();
                }
            }
            append(TASK, epoch, new Message("m", "end", true), new Done("completed"));
            while (!reader.afterDone()) {
                reader.follow();
            }
            assertThat(reader.last()).isEqualTo(42);
        }
    }
}
