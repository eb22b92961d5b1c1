package dev.sesame.event;

import java.time.Instant;

/// One stored event: what happened and its place in the task's log.
///
/// @param seq from 0, without a gap, over all attempts of the task
/// @param messageStart for a [EventBody.Message] the seq of the event that began the message, else `seq`
public record UniversalEvent(long seq, Instant timestamp, EventBody body, long messageStart) {}
