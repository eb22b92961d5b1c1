package dev.sesame.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `sesame demo`: the [Tour], on a server of its own with a throw-away data directory. Needs no key, no account and
/// no server that runs, and leaves nothing behind, also when it is interrupted; what a killed one left the next one
/// takes away.
@Command(
        name = "demo",
        description =
                "See the main job in a minute: a task from its prompt to the pushed branch. Leaves nothing behind.",
        mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path place = ThrowAwayPlace.make();
        Path repositories = Files.createDirectory(place.resolve("repositories"));
        PrintWriter err = spec.commandLine().getErr();
        try (ThrowAwayServer server = ThrowAwayServer.start(place, repositories)) {
            Optional<URI> address = server.address();
            if (address.isEmpty()) {
                err.println("The demo's server did not start:\n" + server.output());
                err.flush();
                return 1;
            }
            return Tour.run(address.get(), repositories, spec.commandLine().getOut());
        }
    }
}
