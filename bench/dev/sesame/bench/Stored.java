package dev.sesame.bench;

import dev.sesame.SesameServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A look into the server's embedded database from outside.
final class Stored {
    private Stored() {}

    static Connection open(SesameServer server) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + server.dataDirectory().resolve("sesame.db"));
    }

    /// Waits for as many log lines of ours, and returns the seconds from the first's commit to the last's.
    static double await(SesameServer server, long lines) throws SQLException, InterruptedException {
        String ours = "SELECT COUNT(*), MIN(created_at), MAX(created_at) FROM event WHERE kind = 'log' AND body LIKE '%at=%'";
        try (Connection database = open(server);
                Statement statement = database.createStatement()) {
            while (true) {
                try (ResultSet row = statement.executeQuery(ours)) {
                    row.next();
                    if (row.getLong(1) >= lines) {
                        return (row.getLong(3) - row.getLong(2)) / 1000.0;
                    }
                }
                Thread.sleep(2000); // each look costs the server as well
            }
        }
    }
}
