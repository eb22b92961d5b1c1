package dev.sesame.task;

import dev.sesame.event.EventLog;

/// A cancel was there before the push could begin: whichever commits first wins.
final class CancelledBeforePush extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private CancelledBeforePush() {
        super("cancelled", null, false, false);
    }

    /// For the transaction that enters the push: refuses it when a cancel was committed before.
    static EventLog.Also check(Run run) {
        return (tx, stored) -> {
            if (run.cancelRequested(tx)) {
                throw new CancelledBeforePush();
            }
        };
    }
}
