package dev.sesame.credential;

import dev.sesame.audit.AuditAction;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Caller;
import dev.sesame.db.Database;
import java.util.Map;

/// What users change of their own secrets. Each change is in the audit log, by its purpose. Safe from any thread;
/// blocks.
public final class OwnSecrets {
    private final Database database;
    private final Vault vault;
    private final AuditLog audit;

    public OwnSecrets(Database database, Vault vault, AuditLog audit) {
        this.database = database;
        this.vault = vault;
        this.audit = audit;
    }

    public void set(Caller owner, String purpose, String secret) {
        database.write(tx -> {
            audit.add(tx, owner.actor(), AuditAction.CREDENTIAL_SET, purpose, Map.of());
            vault.put(tx, owner.userId(), purpose, secret);
            return purpose;
        });
    }

    /// Nothing to remove is no change.
    public void remove(Caller owner, String purpose) {
        database.write(tx -> {
            if (vault.remove(tx, owner.userId(), purpose) > 0) {
                audit.add(tx, owner.actor(), AuditAction.CREDENTIAL_DELETE, purpose, Map.of());
            }
            return purpose;
        });
    }
}
