package dev.sesame.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `sesame logout`: forgets the key that [LoginCommand] kept.
@Command(
        name = "logout",
        description = "Forget the key that sesame login kept.",
        footer = {"", "The key itself stays good until it is deleted in Settings > API Keys."},
        mixinStandardHelpOptions = true)
public final class LogoutCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path file = Login.file(System.getenv());
        try {
            boolean there = Files.deleteIfExists(file);
            spec.commandLine()
                    .getOut()
                    .println(
                            there
                                    ? "The key is forgotten here. Delete it in Settings > API Keys too, if nobody else has it."
                                    : "Nobody was signed in.");
            spec.commandLine().getOut().flush();
            return ApiCommand.GOOD;
        } catch (IOException e) {
            return ApiCommand.refused(spec, ClientException.of("Cannot delete " + file + ": " + e));
        }
    }
}
