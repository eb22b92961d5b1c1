package dev.sesame.task;

import dev.sesame.db.TestDatabases;

final class PostgresTaskStoreTest extends TaskStoreContract {
    @Override
    TestDatabases.Kind kind() {
        return TestDatabases.Kind.POSTGRES;
    }
}
