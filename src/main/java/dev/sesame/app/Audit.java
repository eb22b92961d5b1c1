package dev.sesame.app;

import dev.sesame.audit.AuditLog;
import dev.sesame.audit.Verdict;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `sesame audit`: whether the log of who did what is whole. Works beside a running server.
@Command(name = "audit", description = "Check the log of who did what.", mixinStandardHelpOptions = true)
final class Audit implements Runnable {
    private static final Pattern HEAD = Pattern.compile("[0-9]{1,18}:[0-9a-f]{64}");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    /// Only `audit` was said.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "audit verify?");
    }

    @Command(
            name = "verify",
            description = "Look whether an entry was changed, taken away or added from outside.",
            footer = {"", "Exit status: 0 the log is whole, 1 it is not, or could not be read."},
            mixinStandardHelpOptions = true)
    int verify(
            @Option(
                            names = "--head",
                            paramLabel = "N:HASH",
                            description = "A head that the server's log has: finds a database that was put back, too.")
                    @Nullable
                    String head) {
        if (head != null && !HEAD.matcher(head).matches()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--head: expected what follows \"Audit head\" in the server's log");
        }
        return Beside.run(spec, parts -> {
            Verdict verdict = new AuditLog(parts.database(), parts.auditKey(), parts.clock()).verify(head);
            say(verdict.entries() + (verdict.entries() == 1 ? " entry fits" : " entries fit") + " together.");
            if (verdict.fault() != null) {
                say("The log is not whole. " + verdict.fault() + ".");
                return 1;
            }
            say("The log is whole. Its head is " + verdict.head());
            return 0;
        });
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
