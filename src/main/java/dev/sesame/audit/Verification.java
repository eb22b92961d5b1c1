package dev.sesame.audit;

import dev.sesame.db.Database;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Goes through the chain from its beginning and computes it anew. The head is read first, so entries that are added
/// meanwhile are not looked at.
final class Verification {
    private static final int AT_ONCE = 1_000;

    private final Database database;
    private final Chain chain;
    private long entries;
    private String mac = Chain.START;

    Verification(Database database, Chain chain) {
        this.database = database;
        this.chain = chain;
    }

    Verdict run(@Nullable String noted) {
        Optional<AuditTable.End> end = database.read(AuditTable::end);
        if (end.isEmpty()) {
            return verdict("The head is missing: the log was cut, or its head taken away");
        }
        Chain.Head head = end.get().head();
        if (!chain.sealed(head)) {
            return verdict("The head was changed, or the encryption key is another one");
        }
        if (end.get().last() > head.entries() || !end.get().begins()) {
            return verdict("There are entries that are not of the chain");
        }
        String fault = walk(head.entries(), noted);
        if (fault == null && !mac.equals(head.mac())) {
            fault = "The last entry is another than the head says";
        }
        return verdict(fault == null ? unseen(noted) : fault);
    }

    private @Nullable String walk(long end, @Nullable String noted) {
        while (entries < end) {
            long from = entries;
            List<AuditTable.Stored> page = database.read(tx -> AuditTable.after(tx, from, AT_ONCE));
            if (page.isEmpty()) {
                return "Entries " + (entries + 1) + " to " + end + " are missing: the log was cut";
            }
            for (AuditTable.Stored stored : page) {
                String fault = entries < end ? step(stored, noted) : null;
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private @Nullable String step(AuditTable.Stored stored, @Nullable String noted) {
        long n = entries + 1;
        if (stored.entry().n() != n) {
            return "Entry " + n + " is missing";
        }
        if (!chain.mac(mac, stored.entry()).equals(stored.mac())) {
            return "Entry " + n + " was changed, or the one before it was";
        }
        entries = n;
        mac = stored.mac();
        if (noted != null && noted.startsWith(n + ":") && !noted.equals(n + ":" + mac)) {
            return "Entry " + n + " is another than the noted head says";
        }
        return null;
    }

    private @Nullable String unseen(@Nullable String noted) {
        return noted != null && Long.parseLong(noted.substring(0, noted.indexOf(':'))) > entries
                ? "There are only " + entries + " entries, fewer than noted: the database was put back"
                : null;
    }

    private Verdict verdict(@Nullable String fault) {
        return new Verdict(entries, entries + ":" + mac, fault);
    }
}
