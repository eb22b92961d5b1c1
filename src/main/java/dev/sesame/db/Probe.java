package dev.sesame.db;

import static dev.sesame.db.generated.Tables.FACT;

import org.jooq.DSLContext;

/// A small write that tells whether the database takes writes again after it failed.
final class Probe {
    private static final String NAME = "last_recovery";

    private Probe() {}

    static boolean write(DSLContext tx) {
        String now = Long.toString(System.currentTimeMillis());
        tx.insertInto(FACT, FACT.NAME, FACT.CONTENT)
                .values(NAME, now)
                .onConflict(FACT.NAME)
                .doUpdate()
                .set(FACT.CONTENT, now)
                .execute();
        return true;
    }
}
