package dev.sesame.sandbox.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes files of root's reachable for another uid, which may not pass through the directories above: binds them to
/// `/sys/0`, `/sys/1` and so on, in a mount namespace of the launcher's own. `/sys`, because nothing of the host's is
/// kept there that a sandbox could need.
final class Staging {
    /// Mounts what [#files] say, then becomes its arguments. One process mounts all directories. They are not
    /// written to the host's table in /run, where they would stay for ever and make each further mount slower.
    static final String SHELL = """
            mount -n --all --fstab mounts || exit 125
            if [ -e files ]; then
                while read -r source point rest; do : >"$point"; done <files
                mount -n --all --fstab files || exit 125
            fi
            exec "$@"
            """;

    private static final String ROOT = "sesame /sys tmpfs mode=755 0 0\n";

    private Staging() {}

    /// Fstabs for the control directory, apart since a file needs a file to be bound to.
    static Map<String, String> files(List<Path> sources) {
        Map<Boolean, String> lines = IntStream.range(0, sources.size())
                .boxed()
                .collect(Collectors.partitioningBy(
                        n -> Files.isDirectory(sources.get(n)),
                        Collectors.mapping(n -> line(sources, n), Collectors.joining())));
        String mounts = ROOT + lines.get(true);
        String files = lines.getOrDefault(false, "");
        return files.isEmpty() ? Map.of("mounts", mounts) : Map.of("mounts", mounts, "files", files);
    }

    /// Where each source is reached.
    static List<Path> points(List<Path> sources) {
        return IntStream.range(0, sources.size()).mapToObj(Staging::point).toList();
    }

    private static String line(List<Path> sources, int n) {
        return escaped(sources.get(n)) + " " + point(n) + " none bind,x-mount.mkdir 0 0\n";
    }

    private static Path point(int n) {
        return Path.of("/sys/" + n);
    }

    // As fstab(5) has it.
    private static String escaped(Path path) {
        return path.toString()
                .chars()
                .mapToObj(c -> c <= ' ' || c == '\\' ? "\\%03o".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
