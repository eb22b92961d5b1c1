package dev.sesame.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a person sees what is printed, whatever is done with the other streams. The JDK tells only of input and
/// output together.
final class Terminal {

    private Terminal() {}

    static boolean isOutput() {
        return isTerminal(1);
    }

    static boolean isInput() {
        return isTerminal(0);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // Not Linux.
            return System.console() != null && System.console().isTerminal();
        }
    }
}
