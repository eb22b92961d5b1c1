package dev.sesame.event;

import dev.sesame.db.TestDatabases;

final class PostgresEventCursorTest extends EventCursorContract {
    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.POSTGRES;
    }
}
