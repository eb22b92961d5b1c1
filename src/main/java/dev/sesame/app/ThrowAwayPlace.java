package dev.sesame.app;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.sandbox.local.LocalSandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The directory of a throw-away server. Its name tells the process that made it, so that the next one can take away
/// what a killed one left.
final class ThrowAwayPlace {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PREFIX = "sesame-demo-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+");

    private ThrowAwayPlace() {}

    /// A fresh one for this process, in the system's directory for such things. Deletes what others left there.
    static Path make() throws IOException {
        Path fresh = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
        deleteAbandoned(fresh);
        return fresh;
    }

    /// Deletes places beside that one, of the same owner, whose process is gone.
    static void deleteAbandoned(Path ours) throws IOException {
        List<Path> places;
        try (Stream<Path> beside = Files.list(ours.resolveSibling(""))) {
            places = beside.filter(ThrowAwayPlace::isAbandoned).toList();
        }
        for (Path place : places) {
            try {
                if (Files.getOwner(place, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(ours))) {
                    delete(place);
                }
            } catch (IOException | SandboxException e) {
                // Its server is not quite gone, or somebody else was faster; the next one looks again.
            }
        }
    }

    private static boolean isAbandoned(Path place) {
        Matcher name = NAME.matcher(place.getFileName().toString());
        return name.matches()
                && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    /// Deletes it, once no task runs in it any more: tasks outlive their server, which is right everywhere but here.
    static void delete(Path place) throws IOException {
        Path tasks = place.resolve("data").resolve("tasks");
        if (Files.exists(tasks)) {
            try (LocalSandboxes sandboxes = LocalSandboxes.only(Isolation.NONE, place.resolve("sandbox"));
                    Stream<Path> directories = Files.walk(tasks).filter(Files::isDirectory)) {
                List<Sandbox> all = directories
                        .map(sandboxes::find)
                        .flatMap(Optional::stream)
                        .toList();
                all.forEach(sandbox -> sandbox.kill(PATIENCE));
            }
        }
        FileTree.delete(place);
    }
}
