package dev.sesame.audit;

/// One entry, as it is stored.
///
/// @param n its place in the chain, from 1
/// @param timestamp epoch milliseconds
/// @param details a JSON object
public record AuditEntry(
        long n, long timestamp, String actor, String action, String target, String ip, String details) {}
