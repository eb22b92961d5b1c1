package dev.sesame.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A command that asks a server. Exit statuses are part of the command line's contract: scripts go by them.
@Command(exitCodeOnExecutionException = ApiCommand.DEFECT)
abstract class ApiCommand implements Callable<Integer> {
    static final int GOOD = 0;
    /// The task failed. (2, for a command line that is wrong, is picocli's.)
    static final int FAILED = 1;
    /// The server is not there or refuses, nobody is signed in, or what is printed can't be written.
    static final int REFUSED = 3;
    /// Something that must not happen, as `sysexits.h` has it.
    static final int DEFECT = 70;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    CommandSpec spec;

    @Option(names = "--json", description = "Print what the server answers, as JSON, an object a line.")
    boolean json;

    /// Does it; returns the exit status.
    abstract int run(Connection connection) throws ClientException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            Login login = Login.find(System.getenv());
            return run(Connection.withKey(login.url(), login.key(), this::note));
        } catch (ClientException e) {
            return refused(spec, e);
        }
    }

    static int refused(CommandSpec spec, ClientException failure) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(Printable.of(String.valueOf(failure.getMessage())));
        err.flush();
        return REFUSED;
    }

    /// For who reads what is printed.
    void say(String text) throws ClientException {
        out().println(Printable.of(text));
        requirePrinted();
    }

    /// The server's own answer.
    void print(JsonNode answer) throws ClientException {
        out().println(Printable.json(answer.toString()));
        requirePrinted();
    }

    /// The server's answer, or what it comes to in words.
    void answer(JsonNode answer, String words) throws ClientException {
        if (json) {
            print(answer);
        } else {
            say(words);
        }
    }

    /// Or a disk that is full would turn half a diff into a whole one, and a reader that is gone keep us for ever.
    void requirePrinted() throws ClientException {
        if (out().checkError()) {
            throw ClientException.of("What is printed can't be written: nobody reads it, or a disk is full. No task is"
                    + " affected by that.");
        }
    }

    /// Beside what is printed.
    void note(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(Printable.of(text));
        err.flush();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
