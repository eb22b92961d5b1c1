package dev.sesame.task;

import dev.sesame.db.TestDatabases;

final class SqliteTaskStoreTest extends TaskStoreContract {
    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.SQLITE;
    }
}
