package dev.sesame.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `sesame rehearse`: the training run for the JVM's AOT cache. Starts the server on a throw-away data directory and
/// a port of the system's choice, asks it the first things that a user will, and ends.
@Command(name = "rehearse", hidden = true, description = "Training run for the AOT cache.")
final class Rehearse implements Callable<Integer> {

    @Override
    public Integer call() {
        return Serve.serve(Rehearsal.class);
    }
}
