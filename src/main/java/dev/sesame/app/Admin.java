package dev.sesame.app;

import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Recovery;
import java.io.Console;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sesame admin`: what only who has the server's machine may do. Works beside a running server.
@Command(name = "admin", description = "Help people back in.", mixinStandardHelpOptions = true)
final class Admin implements Runnable {
    // Without what is easily mistaken for something else.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    /// Only `admin` was said.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "admin reset-password?");
    }

    @Command(
            name = "reset-password",
            description = "Give an account a new password and end all its sessions.",
            footer = {"", "Asks for the password on a terminal; makes one up and prints it elsewhere."},
            mixinStandardHelpOptions = true)
    int resetPassword(@Parameters(paramLabel = "EMAIL", description = "The account's address.") String email) {
        return Beside.run(spec, parts -> {
            AuditLog audit = new AuditLog(parts.database(), parts.auditKey(), parts.clock());
            String asked = ask();
            String password = asked == null ? madeUp() : asked;
            String refusal = Recovery.atTheConsole(parts.database(), audit, parts.clock(), email, password);
            if (refusal != null) {
                spec.commandLine().getErr().println(refusal);
                spec.commandLine().getErr().flush();
                return 1;
            }
            say(asked == null ? "The new password of " + email + " is: " + password : "The password is changed.");
            return 0;
        });
    }

    private @Nullable String ask() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return null;
        }
        char[] typed = console.readPassword("New password (empty: make one up): ");
        return typed == null || typed.length == 0 ? null : new String(typed);
    }

    private static String madeUp() {
        StringBuilder password = new StringBuilder();
        new SecureRandom().ints(20, 0, ALPHABET.length()).forEach(i -> password.append(ALPHABET.charAt(i)));
        return password.toString();
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
