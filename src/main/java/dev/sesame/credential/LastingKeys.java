package dev.sesame.credential;

import dev.sesame.db.Database;
import dev.sesame.setting.EncryptionKeys;
import java.util.HexFormat;

/// Keys of the server's own that must not change when the master key does: each is derived from the master key when it
/// is first needed and kept in the vault from then on. Safe from any thread; blocks.
public final class LastingKeys {
    private static final String OWNER = "server";

    private final Database database;
    private final Vault vault;
    private final EncryptionKeys keys;

    public LastingKeys(Database database, Vault vault, EncryptionKeys keys) {
        this.database = database;
        this.vault = vault;
        this.keys = keys;
    }

    /// @param purpose what it is for, the same one each time
    public byte[] get(String purpose) {
        String hex = vault.find(OWNER, purpose)
                .orElseGet(() ->
                        database.write(tx -> vault.find(tx, OWNER, purpose).orElseGet(() -> {
                            String fresh =
                                    HexFormat.of().formatHex(keys.newest().derive(purpose));
                            vault.put(tx, OWNER, purpose, fresh);
                            return fresh;
                        })));
        return HexFormat.of().parseHex(hex);
    }
}
