package dev.sesame.app;

import io.quarkus.runtime.QuarkusBindException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;

/// Why the server did not start, for the person who started it: one sentence where the cause is one that people
/// meet, else the trace.
final class StartFailure {

    private StartFailure() {}

    static String inWords(Throwable failure, String host, String port) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException || cause instanceof BindException) {
                return "Sesame can't listen on " + host + ":" + port
                        + ": another program does. Stop it, or set PORT to another number.";
            }
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return "Sesame could not start:\n" + trace;
    }
}
