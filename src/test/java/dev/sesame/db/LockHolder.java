package dev.sesame.db;

import java.sql.Connection;
import java.sql.DriverManager;

/// Another program that locks the database file and does not let go.
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                var statement = connection.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            System.out.println("locked");
            // Until it is killed, or its parent is gone.
            while (System.in.read() >= 0) {}
        }
    }
}
