package dev.sesame.event;

import dev.sesame.db.TestDatabases;

final class PostgresEventLogTest extends EventLogContract {
    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.POSTGRES;
    }
}
