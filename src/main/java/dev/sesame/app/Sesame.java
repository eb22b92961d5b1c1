package dev.sesame.app;

import dev.sesame.app.doctor.Doctor;
import dev.sesame.client.LoginCommand;
import dev.sesame.client.LogoutCommand;
import dev.sesame.client.TaskCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line. Only `serve` (which is also what no command means) starts Quarkus; the other commands are plain
/// Java and answer at once.
@QuarkusMain
@Command(
        name = "sesame",
        description = "Runs coding agents as tasks: in a sandbox, with every event kept.",
        subcommands = {
            Serve.class,
            Demo.class,
            TaskCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            Agents.class,
            Keys.class,
            Audit.class,
            Admin.class,
            Doctor.class,
            Rehearse.class,
            CommandLine.HelpCommand.class
        },
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
public final class Sesame implements Runnable {

    /// @param arguments of the command line; without any, the server starts
    public static void main(String... arguments) {
        // Without the command line's library, whose classes no AOT cache can hold: the usual start is the quick one.
        System.exit(
                arguments.length == 0
                        ? Serve.serve(Welcome.class)
                        : commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Sesame())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // A prompt may begin with the name of a file: @README.md
                .setExpandAtFiles(false)
                .setOut(output());
    }

    /// Not System.out, which keeps it to itself when what is printed can't be written.
    private static PrintWriter output() {
        return new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), System.out.charset()), true);
    }

    /// Only options were given, none of which is a command.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "Which command?");
    }
}
