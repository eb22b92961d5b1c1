package dev.sesame.setting;

import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Where the values of secret settings are kept, encrypted. Safe from any thread.
public interface SecretStore {

    /// All that are set, by the setting's key. Blocks.
    Map<String, String> all();

    /// Sets one, within a write of the database.
    ///
    /// @param value null takes it away
    void set(DSLContext transaction, String key, @Nullable String value);
}
