package dev.sesame.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.event.EventBody.Log;
import dev.sesame.event.EventBody.LogType;
import dev.sesame.event.EventBody.Message;
import dev.sesame.event.EventBody.ToolCall;
import dev.sesame.event.EventBody.ToolState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A log on a fresh database, which can be restarted, and short words for what its tests do.
abstract class EventLogFixture {
    static final String TASK = "task_a";
    static final EventLog.Also NOTHING = (_, _) -> {};

    @TempDir
    Path directory;

    TestDatabase fixture;
    Database database;
    MovableClock clock = new MovableClock();
    EventLog log;

    abstract TestDatabases.Kind kind();

    @BeforeEach
    void open() {
        fixture = TestDatabases.fresh(kind(), directory);
        database = fixture.open();
        log = new EventLog(database, clock);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /// Stores a task and claims it. Returns the epoch.
    long newTask(String id) {
        return database.write(tx -> {
            TestTasks.insert(tx, id);
            log.create(tx, id);
            return log.take(tx, id);
        });
    }

    long take(String id) {
        return database.write(tx -> log.take(tx, id));
    }

    List<UniversalEvent> append(String id, long epoch, EventBody... bodies) {
        return log.append(id, epoch, List.of(bodies), Redactor.NONE, NOTHING);
    }

    void restart() {
        database = fixture.reopen();
        log = new EventLog(database, clock);
    }

    List<String> texts(String id) {
        return log.page(id, -1, 1000).stream()
                .map(event -> event.body() instanceof Log line
                        ? line.logMessage()
                        : event.body().toString())
                .toList();
    }

    static Log log(String message) {
        return new Log(LogType.INFO, message);
    }

    static Message text(String id, String delta) {
        return new Message(id, delta, false);
    }

    static ToolCall call(String id, ToolState state) {
        return new ToolCall(id, "T", JsonNodeFactory.instance.objectNode().put("x", 1), state, null, null, null, null);
    }
}
