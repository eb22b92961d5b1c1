package dev.sesame.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run of git, described: built step by step, then given to [Git].
///
/// @param arguments all after `git`, without a shell
/// @param environment beside the common one of [GitSurroundings]
/// @param limit after which it is killed
/// @param lock a file that it and its children hold for as long as any of them lives, or null
/// @param input writes its standard input; the stream is closed afterwards
/// @param output reads its standard output; null collects it
/// @param report gets each line of its standard error, progress too
record GitCommand(
        List<String> arguments,
        Map<String, String> environment,
        Duration limit,
        @Nullable Path lock,
        @Nullable Sender input,
        @Nullable Reader output,
        Consumer<String> report) {
    private static final Duration LOCAL = Duration.ofMinutes(10);

    interface Sender {
        void send(OutputStream stdin) throws IOException;
    }

    interface Reader {
        /// May return or throw before the end; git is ended then.
        void read(InputStream stdout) throws IOException;
    }

    static GitCommand of(String... arguments) {
        return new GitCommand(List.of(arguments), Map.of(), LOCAL, null, null, null, _ -> {});
    }

    /// In that bare repository, and with no search for one.
    static GitCommand in(Path repository, String... arguments) {
        var all = new ArrayList<String>(List.of("--git-dir=" + repository));
        all.addAll(List.of(arguments));
        return new GitCommand(List.copyOf(all), Map.of(), LOCAL, null, null, null, _ -> {});
    }

    /// Talks to that remote, with that credential.
    GitCommand talkingTo(Remote remote, Duration atMost) {
        var all = new ArrayList<String>(remote.options());
        all.addAll(arguments);
        return new GitCommand(all, remote.environment(), atMost, lock, input, output, report);
    }

    GitCommand with(String variable, String value) {
        var all = new HashMap<>(environment);
        all.put(variable, value);
        return new GitCommand(arguments, Map.copyOf(all), limit, lock, input, output, report);
    }

    GitCommand holding(Path file) {
        return new GitCommand(arguments, environment, limit, file, input, output, report);
    }

    GitCommand fedBy(Sender sender) {
        return new GitCommand(arguments, environment, limit, lock, sender, output, report);
    }

    GitCommand readBy(Reader reader) {
        return new GitCommand(arguments, environment, limit, lock, input, reader, report);
    }

    GitCommand reporting(Consumer<String> lines) {
        return new GitCommand(arguments, environment, limit, lock, input, output, lines);
    }
}
