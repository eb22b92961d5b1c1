package dev.sesame.audit;

import static dev.sesame.db.generated.Tables.AUDIT_ENTRY;
import static dev.sesame.db.generated.Tables.AUDIT_HEAD;

import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The rows of the chain. No rules here.
final class AuditTable {
    private static final String HEAD = "head";

    private AuditTable() {}

    record Stored(AuditEntry entry, String mac) {}

    /// The head; on PostgreSQL held to the end of the transaction, so that two nodes don't append at once.
    static Optional<Chain.Head> lockedHead(DSLContext tx) {
        return tx.update(AUDIT_HEAD)
                .set(AUDIT_HEAD.ENTRIES, AUDIT_HEAD.ENTRIES)
                .where(AUDIT_HEAD.NAME.eq(HEAD))
                .returningResult(AUDIT_HEAD.ENTRIES, AUDIT_HEAD.MAC, AUDIT_HEAD.SEAL)
                .fetchOptional(row -> new Chain.Head(row.value1(), row.value2(), row.value3()));
    }

    /// The head and, of the same moment, which numbers there are.
    ///
    /// @param last the greatest number of an entry, 0 without any
    /// @param begins whether the smallest number is 1
    record End(Chain.Head head, long last, boolean begins) {}

    static Optional<End> end(DSLContext tx) {
        Field<Long> last = DSL.field(DSL.select(DSL.max(AUDIT_ENTRY.N)).from(AUDIT_ENTRY));
        Field<Long> first = DSL.field(DSL.select(DSL.min(AUDIT_ENTRY.N)).from(AUDIT_ENTRY));
        return tx.select(AUDIT_HEAD.ENTRIES, AUDIT_HEAD.MAC, AUDIT_HEAD.SEAL, last, first)
                .from(AUDIT_HEAD)
                .where(AUDIT_HEAD.NAME.eq(HEAD))
                .fetchOptional(row -> new End(
                        new Chain.Head(row.value1(), row.value2(), row.value3()),
                        row.value4() == null ? 0 : row.value4(),
                        row.value5() == null || row.value5() == 1));
    }

    static Optional<Chain.Head> head(DSLContext tx) {
        return tx.selectFrom(AUDIT_HEAD)
                .where(AUDIT_HEAD.NAME.eq(HEAD))
                .fetchOptional(row ->
                        new Chain.Head(row.get(AUDIT_HEAD.ENTRIES), row.get(AUDIT_HEAD.MAC), row.get(AUDIT_HEAD.SEAL)));
    }

    static void put(DSLContext tx, Chain.Head head) {
        tx.insertInto(AUDIT_HEAD)
                .set(AUDIT_HEAD.NAME, HEAD)
                .set(AUDIT_HEAD.ENTRIES, head.entries())
                .set(AUDIT_HEAD.MAC, head.mac())
                .set(AUDIT_HEAD.SEAL, head.seal())
                .onConflict(AUDIT_HEAD.NAME)
                .doUpdate()
                .set(AUDIT_HEAD.ENTRIES, head.entries())
                .set(AUDIT_HEAD.MAC, head.mac())
                .set(AUDIT_HEAD.SEAL, head.seal())
                .execute();
    }

    static void insert(DSLContext tx, AuditEntry entry, String mac) {
        tx.insertInto(AUDIT_ENTRY)
                .set(AUDIT_ENTRY.N, entry.n())
                .set(AUDIT_ENTRY.CREATED_AT, entry.timestamp())
                .set(AUDIT_ENTRY.ACTOR, entry.actor())
                .set(AUDIT_ENTRY.ACTION, entry.action())
                .set(AUDIT_ENTRY.TARGET, entry.target())
                .set(AUDIT_ENTRY.IP, entry.ip())
                .set(AUDIT_ENTRY.DETAILS, entry.details())
                .set(AUDIT_ENTRY.MAC, mac)
                .execute();
    }

    static long last(DSLContext tx) {
        Long last = tx.select(DSL.max(AUDIT_ENTRY.N))
                .from(AUDIT_ENTRY)
                .fetchSingle()
                .value1();
        return last == null ? 0 : last;
    }

    static List<Stored> after(DSLContext tx, long n, int limit) {
        return tx.selectFrom(AUDIT_ENTRY)
                .where(AUDIT_ENTRY.N.gt(n))
                .orderBy(AUDIT_ENTRY.N)
                .limit(limit)
                .fetch(row -> new Stored(entry(row), row.get(AUDIT_ENTRY.MAC)));
    }

    static List<AuditEntry> newest(DSLContext tx, Condition which, int limit, int offset) {
        return tx.selectFrom(AUDIT_ENTRY)
                .where(which)
                .orderBy(AUDIT_ENTRY.N.desc())
                .limit(limit)
                .offset(offset)
                .fetch(AuditTable::entry);
    }

    static Condition which(@Nullable AuditAction action, @Nullable String actor) {
        return DSL.and(
                action == null ? DSL.noCondition() : AUDIT_ENTRY.ACTION.eq(action.wire()),
                actor == null ? DSL.noCondition() : AUDIT_ENTRY.ACTOR.eq(actor));
    }

    private static AuditEntry entry(Record row) {
        return new AuditEntry(
                row.get(AUDIT_ENTRY.N),
                row.get(AUDIT_ENTRY.CREATED_AT),
                row.get(AUDIT_ENTRY.ACTOR),
                row.get(AUDIT_ENTRY.ACTION),
                row.get(AUDIT_ENTRY.TARGET),
                row.get(AUDIT_ENTRY.IP),
                row.get(AUDIT_ENTRY.DETAILS));
    }
}
