package dev.sesame.db;

/// What a failed statement means for the database as a whole.
enum Trouble {
    /// Nothing: the statement itself was at fault, a violated constraint for instance.
    NONE("The database refused the change."),
    /// Two transactions got in each other's way. Trying again helps.
    COLLISION("Another transaction was in the way. Try again."),
    FULL("The disk of the database is full. Free some space; nothing was stored."),
    LOCKED("The database is locked by another process. Stop what holds it; nothing was stored."),
    /// It may not be written. For a reader that is as it should be.
    READ_ONLY("The database is read-only. Make it, and the directory it is in, writable."),
    /// The connection, or the file, is gone or unusable.
    LOST("The database can't be reached or used. Check that it runs and that its files are writable.");

    private final String explanation;

    Trouble(String explanation) {
        this.explanation = explanation;
    }

    String explanation() {
        return explanation;
    }

    DatabaseUnavailable unavailable(Throwable cause) {
        return new DatabaseUnavailable(explanation, cause);
    }
}
