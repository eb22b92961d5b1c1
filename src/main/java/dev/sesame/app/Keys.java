package dev.sesame.app;

import dev.sesame.credential.KeyRotation;
import dev.sesame.db.Database;
import dev.sesame.db.DatabaseUnavailable;
import dev.sesame.db.Databases;
import dev.sesame.setting.BadConfigurationException;
import dev.sesame.setting.EncryptionKey;
import dev.sesame.setting.EncryptionKeys;
import dev.sesame.setting.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `sesame keys`: the master key under which secrets are stored. Works beside a running server.
@Command(name = "keys", description = "Change the key under which secrets are stored.", mixinStandardHelpOptions = true)
final class Keys implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    private interface Work {
        int on(Database database, EncryptionKeys keys) throws IOException;
    }

    /// Only `keys` was said.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "keys rotate, or keys reset?");
    }

    @Command(
            name = "rotate",
            description = "Make a new key and encrypt all secrets anew, while the server runs or not.",
            mixinStandardHelpOptions = true)
    int rotate() throws IOException {
        return with((database, keys) -> {
            var rotation = new KeyRotation(database, keys, Clock.systemUTC());
            if (!rotation.isDue() && keys.file().isEmpty()) {
                say(byHand(EncryptionKey.fresh()));
                return 1;
            }
            int renewed = rotation.run();
            say(renewed + (renewed == 1 ? " secret is" : " secrets are") + " under the new key now.");
            say(keys.file()
                    .map(file ->
                            "It is in " + file + "; back it up. Backups of the database from before need the old one.")
                    .orElse("ENCRYPTION_KEY_PREVIOUS is needed no more, but to read backups from before."));
            return 0;
        });
    }

    @Command(
            name = "reset",
            description = "Delete all stored secrets of a database whose key is lost.",
            mixinStandardHelpOptions = true)
    int reset(@Option(names = "--yes", description = "Yes, delete them.") boolean yes) throws IOException {
        if (!yes) {
            say("This deletes every stored secret: provider keys, agents' credentials, tokens. To do it, add --yes.");
            return 1;
        }
        return with((database, keys) -> {
            say(KeyRotation.reset(database, keys) + " secrets deleted. Enter them anew.");
            return 0;
        });
    }

    private int with(Work work) throws IOException {
        try {
            ServerConfig config = ServerConfig.from(System.getenv());
            try (Database database = Databases.beside(config.dataDirectory(), config.databaseUrl())) {
                return work.on(database, EncryptionKeys.load(config));
            }
        } catch (BadConfigurationException | DatabaseUnavailable e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(e.getMessage());
            err.flush();
            return 1;
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private static String byHand(EncryptionKey fresh) {
        return """
            The key comes from the environment, so that is where the new one must be put. Nothing was changed yet.
            A fresh key:

              %s

            1. Set ENCRYPTION_KEY to the new key and ENCRYPTION_KEY_PREVIOUS to the one before, wherever a server on
               this database runs, and restart those servers. They know both keys from then on.
            2. Run sesame keys rotate with both variables set: it encrypts all secrets anew, while the servers run.
            3. Remove ENCRYPTION_KEY_PREVIOUS; it is needed no more, but to read backups from before.
            """.formatted(fresh.hex());
    }
}
