package dev.sesame.sandbox.local;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Makes directories of root's reachable for another uid, which may not pass through their parents: binds them to
/// `/sys/0`, `/sys/1` and so on, in a mount namespace of the launcher's own. `/sys`, because nothing of the host's is
/// kept there that a sandbox could need.
final class Staging {
    private Staging() {}

    static String fstab(List<Path> directories) {
        var text = new StringBuilder("sesame /sys tmpfs mode=755 0 0\n");
        for (int n = 0; n < directories.size(); n++) {
            text.append(escaped(directories.get(n)) + " /sys/" + n + " none bind,x-mount.mkdir 0 0\n");
        }
        return text.toString();
    }

    /// The path by which something in, or below, one of the directories is reached.
    static UnaryOperator<Path> of(List<Path> directories) {
        return path -> {
            int n = directories.indexOf(path);
            return n >= 0
                    ? Path.of("/sys/" + n)
                    : Path.of("/sys/" + directories.indexOf(path.getParent())).resolve(path.getFileName());
        };
    }

    // As fstab(5) has it.
    private static String escaped(Path path) {
        return path.toString()
                .chars()
                .mapToObj(c -> c <= ' ' || c == '\\' ? "\\%03o".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
