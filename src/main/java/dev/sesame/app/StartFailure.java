package dev.sesame.app;

import dev.sesame.db.DatabaseUnavailable;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.setting.BadConfigurationException;
import dev.sesame.setting.ServerConfig;
import io.quarkus.runtime.QuarkusBindException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.nio.file.AccessDeniedException;

/// Why the server did not start, for the person who started it: one sentence where the cause is one that people
/// meet, else the trace.
final class StartFailure {

    private StartFailure() {}

    static String inWords(Throwable failure, ServerConfig config) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case QuarkusBindException _, BindException _ -> {
                    return "Sesame can't listen on " + config.host() + " port " + config.port()
                            + ": another program does, or the address is not this machine's."
                            + " Stop that program, or set PORT or HOST.";
                }
                case BadConfigurationException e -> {
                    return String.valueOf(e.getMessage());
                }
                case DatabaseUnavailable e -> {
                    return String.valueOf(e.getMessage());
                }
                case SandboxException e -> {
                    return String.valueOf(e.getMessage());
                }
                case AccessDeniedException e -> {
                    return "Sesame may not use " + e.getFile() + ". Give it the right to, or set DATA_DIR.";
                }
                default -> {}
            }
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return "Sesame could not start:\n" + trace;
    }
}
