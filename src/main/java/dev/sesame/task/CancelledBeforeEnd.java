package dev.sesame.task;

import org.jooq.DSLContext;

/// A cancel was there before the push could begin, or the attempt end: whichever commits first wins.
final class CancelledBeforeEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private CancelledBeforeEnd() {
        super("cancelled", null, false, false);
    }

    /// In the transaction that enters the push or ends the attempt: refuses it when a cancel was committed before.
    static void check(Run run, DSLContext tx) {
        if (run.cancelRequested(tx)) {
            throw new CancelledBeforeEnd();
        }
    }
}
