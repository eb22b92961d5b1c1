package dev.sesame.event;

import dev.sesame.db.TestDatabases;

final class SqliteEventLogTest extends EventLogContract {
    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.SQLITE;
    }
}
