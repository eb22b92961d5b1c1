package dev.sesame.db;

import static dev.sesame.db.generated.Tables.USERS;

import org.jooq.DSLContext;

/// Users as rows, for tests of what belongs to one.
public final class TestUsers {
    private TestUsers() {}

    /// Adds one of that id, if there is none.
    public static int add(DSLContext tx, String id) {
        return tx.insertInto(USERS)
                .set(USERS.ID, id)
                .set(USERS.NAME, "n")
                .set(USERS.EMAIL, id + "@example.org")
                .set(USERS.EMAIL_VERIFIED, true)
                .set(USERS.ROLE, "user")
                .set(USERS.CREATED_AT, 0L)
                .set(USERS.UPDATED_AT, 0L)
                .set(USERS.CHANGE_SEQ, 0L)
                .onConflictDoNothing()
                .execute();
    }
}
