package dev.sesame.audit;

import static dev.sesame.db.generated.Tables.AUDIT_ENTRY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sesame.db.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What people did, as a chain of entries that nobody without the key can change, cut or extend unseen. The head of the
/// chain is also written to the server's log after each entry: whoever keeps that log elsewhere can tell even a
/// database that was put back to an earlier state.
///
/// Safe from any thread. Entries are written within the transaction of what they record, so there is neither without
/// the other.
public final class AuditLog {
    private static final Logger LOG = System.getLogger(AuditLog.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANNEL = "audit";
    private static final int LONGEST_TARGET = 400;
    private static final int LONGEST_IP = 64;

    private final Database database;
    private final Clock clock;
    private final Chain chain;

    /// @param key for this alone; must stay the same as long as the database does
    public AuditLog(Database database, byte[] key, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.chain = new Chain(key);
        database.write(tx -> {
            if (AuditTable.head(tx).isEmpty() && AuditTable.last(tx) == 0) {
                AuditTable.put(tx, chain.head(0, Chain.START));
            }
            return chain;
        });
    }

    /// Newest first; `total` counts all that match.
    public record Page(List<AuditEntry> entries, long total) {}

    /// From now on this process writes each new head to its log.
    public void logHeads() {
        database.listen(CHANNEL, AuditLog::logHead);
        database.read(AuditTable::head).ifPresent(head -> logHead(head.entries() + ":" + head.mac()));
    }

    private static void logHead(String head) {
        if (!head.isEmpty()) {
            LOG.log(Level.INFO, "Audit head {0}", head);
        }
    }

    /// Records what is done in this transaction.
    ///
    /// @param target what it is done to, see [AuditAction]
    /// @param details what else is worth knowing, never a secret; values of JSON
    public void add(DSLContext tx, Actor actor, AuditAction action, String target, Map<String, ?> details) {
        Optional<Chain.Head> found = AuditTable.lockedHead(tx);
        boolean whole = found.filter(chain::sealed).isPresent();
        long n = whole ? found.get().entries() + 1 : Math.max(AuditTable.last(tx), entries(found)) + 1;
        AuditEntry entry = new AuditEntry(
                n,
                clock.millis(),
                actor.id(),
                action.wire(),
                plain(target, LONGEST_TARGET),
                plain(actor.ip(), LONGEST_IP),
                json(actor, details));
        if (!whole) {
            LOG.log(Level.ERROR, "The head of the audit log was changed from outside; see sesame audit verify");
        }
        String mac = whole ? chain.mac(found.get().mac(), entry) : chain.macAfterBreak(entry);
        AuditTable.insert(tx, entry, mac);
        AuditTable.put(tx, chain.head(n, mac));
        database.announce(tx, CHANNEL, n + ":" + mac);
    }

    /// As [#add], for what is recorded alone, like a sign-in that failed.
    public void add(Actor actor, AuditAction action, String target, Map<String, ?> details) {
        database.write(tx -> {
            add(tx, actor, action, target, details);
            return target;
        });
    }

    /// @param action null for all
    /// @param actor an [Actor#id]; null for all
    public Page list(@Nullable AuditAction action, @Nullable String actor, int limit, int offset) {
        var which = AuditTable.which(action, actor);
        return database.read(tx -> new Page(
                AuditTable.newest(tx, which, limit, offset),
                tx.fetchCount(DSL.selectOne().from(AUDIT_ENTRY).where(which))));
    }

    /// Looks at the whole chain. Blocks for as long as that takes, some seconds for a million entries.
    ///
    /// @param noted a head that the log has, as `entries:mac`; null to trust the database's own
    public Verdict verify(@Nullable String noted) {
        return new Verification(database, chain).run(noted);
    }

    private static long entries(Optional<Chain.Head> head) {
        return head.map(Chain.Head::entries).orElse(0L);
    }

    private static String json(Actor actor, Map<String, ?> details) {
        Map<String, Object> all = new LinkedHashMap<>(details);
        if (actor.keyId() != null) {
            all.put("keyId", actor.keyId());
        }
        try {
            return JSON.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("details must be values of JSON", e);
        }
    }

    // What somebody sent must be storable on both databases.
    private static String plain(String text, int longest) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(longest).map(AuditLog::shown).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static int shown(int c) {
        boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return half || Character.isISOControl(c) ? '\uFFFD' : c;
    }
}
