package dev.sesame.event;

import java.time.Instant;

/// A row of the event table.
///
/// @param body the fields of the kind as JSON, see [EventJson]
record StoredEvent(long seq, String kind, long createdAt, long messageStart, String body) {

    static StoredEvent of(UniversalEvent event) {
        return new StoredEvent(
                event.seq(),
                EventJson.kind(event.body()),
                event.timestamp().toEpochMilli(),
                event.messageStart(),
                EventJson.stored(event.body()));
    }

    UniversalEvent event() {
        return new UniversalEvent(seq, Instant.ofEpochMilli(createdAt), EventJson.parse(kind, body), messageStart);
    }

    boolean message() {
        return kind.equals("message");
    }
}
