/// The database: one schema on SQLite (embedded, the default) or PostgreSQL, chosen at start.
///
/// [Database] runs reads and writes; writes are committed in groups and are durable when they return. Also ids and
/// the wake-up of other nodes. Depends on nothing of ours.
@NullMarked
package dev.sesame.db;

import org.jspecify.annotations.NullMarked;
