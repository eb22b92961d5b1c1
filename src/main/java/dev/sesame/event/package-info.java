/// The event log: what happened in a task, in order, kept for good.
///
/// [EventBody] is the closed set of things that can happen, [UniversalEvent] one of them with its place in the log,
/// [EventLog] the only writer and the source of cursors for readers, [Redactor] the filter in front of it. Knows
/// the database and nothing else of ours: not tasks, not agents, not HTTP.
@NullMarked
package dev.sesame.event;

import org.jspecify.annotations.NullMarked;
