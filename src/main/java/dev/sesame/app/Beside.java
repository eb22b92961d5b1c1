package dev.sesame.app;

import dev.sesame.credential.LastingKeys;
import dev.sesame.credential.Vault;
import dev.sesame.db.Database;
import dev.sesame.db.DatabaseUnavailable;
import dev.sesame.db.Databases;
import dev.sesame.setting.BadConfigurationException;
import dev.sesame.setting.EncryptionKeys;
import dev.sesame.setting.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine.Model.CommandSpec;

/// What a command works with that opens the database of a server, which may be running.
///
/// @param auditKey of the audit log's chain
record Beside(Database database, byte[] auditKey, Clock clock) {

    /// What the command does; returns its exit status.
    interface Work {
        int on(Beside parts) throws IOException;
    }

    /// Opens, works, closes. What keeps it from that is said in a sentence, with exit status 1.
    static int run(CommandSpec spec, Work work) {
        try {
            ServerConfig config = ServerConfig.from(System.getenv());
            Clock clock = Clock.systemUTC();
            try (Database database = Databases.beside(config.dataDirectory(), config.databaseUrl())) {
                EncryptionKeys keys = EncryptionKeys.load(config);
                LastingKeys lasting = new LastingKeys(database, Vault.open(database, keys, clock), keys);
                return work.on(new Beside(database, lasting.get(Wiring.AUDIT), clock));
            }
        } catch (BadConfigurationException | DatabaseUnavailable | IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(e.getMessage());
            err.flush();
            return 1;
        }
    }
}
