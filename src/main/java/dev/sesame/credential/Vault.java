package dev.sesame.credential;

import static dev.sesame.db.generated.Tables.FACT;
import static dev.sesame.db.generated.Tables.SECRET;
import static dev.sesame.db.generated.Tables.USERS;

import dev.sesame.db.Database;
import dev.sesame.setting.BadConfigurationException;
import dev.sesame.setting.EncryptionKey;
import dev.sesame.setting.EncryptionKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;

/// The secrets in the database, each encrypted for its owner and purpose; at most one of each. An owner is a
/// user's id, or the name of something of the server's own.
///
/// New secrets are encrypted with the key that the database names (the fact `encryption_key`, also the check
/// value that refuses a server with a wrong key), looked up in the same transaction. So all servers on a
/// database change to a new key at the same moment, see [KeyRotation].
///
/// Safe from any thread; blocks.
public final class Vault {
    /// Begins the purpose of an MCP server's values; its name follows. They are a JSON object of texts.
    public static final String MCP_SERVER = "mcp/";

    /// Sixteen fingerprints of 64 characters, with blanks between them.
    private static final int CHAIN = 16 * 65 - 1;

    static final String KEY_IN_FORCE = "encryption_key";

    private final Database database;
    private final EncryptionKeys keys;
    private final Clock clock;
    private final Map<String, Seal> seals = new ConcurrentHashMap<>();

    private Vault(Database database, EncryptionKeys keys, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /// @param purpose one word or two with a slash between, without secrets
    public record Entry(String purpose, Instant updatedAt) {}

    /// @throws BadConfigurationException if the database was written with a key that is not among these
    public static Vault open(Database database, EncryptionKeys keys, Clock clock) {
        Vault vault = new Vault(database, keys, clock);
        String inForce = database.write(tx -> {
            tx.insertInto(FACT)
                    .set(FACT.NAME, KEY_IN_FORCE)
                    .set(FACT.CONTENT, keys.newest().id())
                    .onConflictDoNothing()
                    .execute();
            return inForce(tx);
        });
        if (keys.find(inForce).isEmpty()) {
            throw new BadConfigurationException(wrongKey(keys));
        }
        return vault;
    }

    private static String wrongKey(EncryptionKeys keys) {
        String given = keys.file().map(path -> "the key in " + path).orElse("ENCRYPTION_KEY");
        return "The secrets in this database were encrypted with another key than " + given
                + ". Put the right key there, from your backup, and start again."
                + " If it is lost for good: sesame keys reset deletes the secrets and lets you enter them anew.";
    }

    public Optional<String> find(String owner, String purpose) {
        return database.read(tx -> find(tx, owner, purpose));
    }

    public Optional<String> find(DSLContext tx, String owner, String purpose) {
        return tx.selectFrom(SECRET)
                .where(SECRET.OWNER.eq(owner).and(SECRET.PURPOSE.eq(purpose)))
                .fetchOptional(this::open);
    }

    /// All secrets of an owner, by their purposes.
    public Map<String, String> all(String owner) {
        return database.read(tx -> tx.selectFrom(SECRET).where(SECRET.OWNER.eq(owner)).stream()
                .collect(Collectors.toMap(row -> row.get(SECRET.PURPOSE), this::open)));
    }

    /// What there is of an owner's, without opening it.
    public List<Entry> list(String owner) {
        return database.read(tx -> tx.select(SECRET.PURPOSE, SECRET.UPDATED_AT)
                .from(SECRET)
                .where(SECRET.OWNER.eq(owner))
                .orderBy(SECRET.PURPOSE)
                .fetch(row -> new Entry(row.value1(), Instant.ofEpochMilli(row.value2()))));
    }

    /// Stores it in place of what was there.
    public void put(String owner, String purpose, String secret) {
        database.write(tx -> {
            put(tx, owner, purpose, secret);
            return owner;
        });
    }

    /// As [#put(String, String, String)], within a write.
    public void put(DSLContext tx, String owner, String purpose, String secret) {
        Seal seal = seal(inForce(tx));
        String sealed = seal.close(owner, purpose, secret);
        boolean user = tx.fetchExists(tx.selectOne().from(USERS).where(USERS.ID.eq(owner)));
        tx.insertInto(SECRET)
                .set(SECRET.OWNER, owner)
                .set(SECRET.PURPOSE, purpose)
                .set(SECRET.USER_ID, user ? owner : null)
                .set(SECRET.KEY_ID, seal.keyId())
                .set(SECRET.SEALED, sealed)
                .set(SECRET.UPDATED_AT, clock.millis())
                .onConflict(SECRET.OWNER, SECRET.PURPOSE)
                .doUpdate()
                .set(SECRET.KEY_ID, seal.keyId())
                .set(SECRET.SEALED, sealed)
                .set(SECRET.UPDATED_AT, clock.millis())
                .setNull(SECRET.RENEWED_FROM)
                .execute();
    }

    /// Replaces a secret that is still the one expected, by what was made of it.
    ///
    /// @return false if there is another by now, or none
    public boolean replace(String owner, String purpose, String expected, String secret) {
        return database.write(tx -> {
            Record row = tx.selectFrom(SECRET)
                    .where(SECRET.OWNER.eq(owner).and(SECRET.PURPOSE.eq(purpose)))
                    .fetchOne();
            return row != null
                    && open(row).equals(expected)
                    && update(tx, row, secret, clock.millis(), chain(expected, row.get(SECRET.RENEWED_FROM)));
        });
    }

    /// The newest first; who has one that is older missed many renewals.
    private static String chain(String before, @Nullable String earlier) {
        String all = fingerprint(before) + (earlier == null ? "" : " " + earlier);
        return all.substring(0, Math.min(all.length(), CHAIN));
    }

    /// The secret if it was made, by one or a few [#replace], of one with this [#fingerprint].
    public Optional<String> renewal(String owner, String purpose, String before) {
        return database.read(tx -> tx.selectFrom(SECRET)
                .where(SECRET.OWNER.eq(owner).and(SECRET.PURPOSE.eq(purpose)).and(SECRET.RENEWED_FROM.contains(before)))
                .fetchOptional(this::open));
    }

    /// Names a secret without telling it.
    public static String fingerprint(String secret) {
        try {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /// Done already counts as done.
    public void remove(String owner, String purpose) {
        database.write(tx -> remove(tx, owner, purpose));
    }

    public int remove(DSLContext tx, String owner, String purpose) {
        return tx.deleteFrom(SECRET)
                .where(SECRET.OWNER.eq(owner).and(SECRET.PURPOSE.eq(purpose)))
                .execute();
    }

    /// From here on all servers encrypt with this key.
    void putInForce(EncryptionKey key) {
        database.write(tx -> tx.update(FACT)
                .set(FACT.CONTENT, key.id())
                .where(FACT.NAME.eq(KEY_IN_FORCE))
                .execute());
    }

    /// Encrypts some secrets anew that are not under the key in force; returns how many. Changes no `updated_at`.
    int renew(int atMost) {
        return database.write(tx -> {
            Seal seal = seal(inForce(tx));
            var old = tx.selectFrom(SECRET)
                    .where(SECRET.KEY_ID.ne(seal.keyId()))
                    .limit(atMost)
                    .fetch();
            old.forEach(row -> update(tx, row, open(row), row.get(SECRET.UPDATED_AT), row.get(SECRET.RENEWED_FROM)));
            return old.size();
        });
    }

    // Only over the very content that was read: another server may have been faster.
    private boolean update(DSLContext tx, Record row, String secret, long at, @Nullable String renewedFrom) {
        Seal seal = seal(inForce(tx));
        String sealed = seal.close(row.get(SECRET.OWNER), row.get(SECRET.PURPOSE), secret);
        return tx.update(SECRET)
                        .set(SECRET.KEY_ID, seal.keyId())
                        .set(SECRET.SEALED, sealed)
                        .set(SECRET.UPDATED_AT, at)
                        .set(SECRET.RENEWED_FROM, renewedFrom)
                        .where(SECRET.OWNER.eq(row.get(SECRET.OWNER)))
                        .and(SECRET.PURPOSE.eq(row.get(SECRET.PURPOSE)))
                        .and(SECRET.SEALED.eq(row.get(SECRET.SEALED)))
                        .execute()
                == 1;
    }

    String keyInForce() {
        return database.write(Vault::inForce);
    }

    boolean whollyUnder(String keyId) {
        return database.read(tx -> !tx.fetchExists(tx.selectOne().from(SECRET).where(SECRET.KEY_ID.ne(keyId))));
    }

    // On PostgreSQL the row is held to the end of the transaction, so that no secret is encrypted with a key that was
    // taken out of force meanwhile. SQLite has one writer anyway.
    private static String inForce(DSLContext tx) {
        var query = tx.select(FACT.CONTENT).from(FACT).where(FACT.NAME.eq(KEY_IN_FORCE));
        return tx.dialect().family() == SQLDialect.POSTGRES
                ? query.forShare().fetchSingle().value1()
                : query.fetchSingle().value1();
    }

    private String open(Record row) {
        return seal(row.get(SECRET.KEY_ID))
                .open(row.get(SECRET.OWNER), row.get(SECRET.PURPOSE), row.get(SECRET.SEALED));
    }

    private Seal seal(String keyId) {
        return seals.computeIfAbsent(
                keyId,
                id -> new Seal(keys.find(id)
                        .orElseThrow(() -> new IllegalStateException(
                                "A secret is encrypted with a key that this server does not have: " + id))));
    }
}
