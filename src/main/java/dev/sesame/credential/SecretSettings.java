package dev.sesame.credential;

import dev.sesame.setting.SecretStore;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Secret settings, in the vault. Safe from any thread.
public final class SecretSettings implements SecretStore {
    private static final String OWNER = "settings";

    private final Vault vault;

    public SecretSettings(Vault vault) {
        this.vault = vault;
    }

    @Override
    public Map<String, String> all() {
        return vault.all(OWNER);
    }

    @Override
    public void set(DSLContext transaction, String key, @Nullable String value) {
        if (value == null) {
            vault.remove(transaction, OWNER, key);
        } else {
            vault.put(transaction, OWNER, key, value);
        }
    }
}
