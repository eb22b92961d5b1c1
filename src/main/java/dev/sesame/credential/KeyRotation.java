package dev.sesame.credential;

import static dev.sesame.db.generated.Tables.FACT;
import static dev.sesame.db.generated.Tables.SECRET;

import dev.sesame.db.Database;
import dev.sesame.setting.EncryptionKey;
import dev.sesame.setting.EncryptionKeys;
import java.io.IOException;
import java.time.Clock;

/// Changes the master key while servers run: puts a new key beside the old one, lets the database name it as the one
/// in force, encrypts every secret anew, and forgets the old one. Each step may be the last one before a crash; the
/// next rotation goes on there.
public final class KeyRotation {
    private static final int AT_ONCE = 100;

    private final EncryptionKeys keys;
    private final Vault vault;

    /// @throws dev.sesame.setting.BadConfigurationException if the keys are not the database's
    public KeyRotation(Database database, EncryptionKeys keys, Clock clock) {
        this.keys = keys;
        this.vault = Vault.open(database, keys, clock);
    }

    /// Whether the newest key is not in force yet for all secrets: one that was put into the environment, or a
    /// rotation that did not come to its end.
    public boolean isDue() {
        String newest = keys.newest().id();
        return !vault.keyInForce().equals(newest) || !vault.whollyUnder(newest);
    }

    /// Goes on with a rotation that [#isDue]; else makes a new key in the key file first.
    ///
    /// @return how many secrets were encrypted anew
    /// @throws IllegalStateException if the keys are the environment's and none of them is new
    public int run() throws IOException {
        if (!isDue()) {
            keys.add(EncryptionKey.fresh());
        }
        vault.putInForce(keys.newest());
        int renewed = 0;
        for (int some = vault.renew(AT_ONCE); some > 0; some = vault.renew(AT_ONCE)) {
            renewed += some;
        }
        keys.forgetOld();
        return renewed;
    }

    /// For a database whose key is lost: deletes all its secrets, and lets the newest key be the one in force.
    ///
    /// @return how many secrets there were
    public static int reset(Database database, EncryptionKeys keys) {
        return database.write(tx -> {
            tx.deleteFrom(FACT).where(FACT.NAME.eq(Vault.KEY_IN_FORCE)).execute();
            tx.insertInto(FACT)
                    .set(FACT.NAME, Vault.KEY_IN_FORCE)
                    .set(FACT.CONTENT, keys.newest().id())
                    .execute();
            return tx.deleteFrom(SECRET).execute();
        });
    }
}
