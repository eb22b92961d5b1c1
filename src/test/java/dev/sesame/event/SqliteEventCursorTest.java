package dev.sesame.event;

import dev.sesame.db.TestDatabases;

final class SqliteEventCursorTest extends EventCursorContract {
    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.SQLITE;
    }
}
