package dev.sesame.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What ended tasks must not leave: processes and files.
final class Leftovers {

    private Leftovers() {}

    /// The host's processes that see that directory: by their command line, a mount of theirs, or where they are.
    static List<String> processes(Path directory, long except) throws IOException {
        String name = directory.getFileName().toString();
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : all.toList()) {
                String pid = process.getFileName().toString();
                boolean other = pid.chars().allMatch(Character::isDigit)
                        && !pid.equals(Long.toString(except))
                        && !pid.equals(Long.toString(ProcessHandle.current().pid()));
                if (other && (read(process, "cmdline") + read(process, "mountinfo") + cwd(process)).contains(name)) {
                    found.add(pid + " " + read(process, "cmdline").replace('\0', ' '));
                }
            }
        }
        return found;
    }

    /// What is left of ended tasks beside their homes.
    static List<Path> files(Path tasks) {
        try (Stream<Path> found = Files.walk(tasks, 2)) {
            return found.filter(path -> tasks.relativize(path).getNameCount() == 2)
                    .filter(path -> !path.endsWith("home"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path process, String file) {
        try {
            return new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it is gone
        }
    }

    private static String cwd(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
