package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.util.List;

/// One way to keep a command apart: the words that launch it. They must die, with all they started, when the
/// supervisor dies, their parent.
sealed interface Grade permits Bubblewrap, Unshare, Plain {

    Isolation isolation();

    /// Ends with the inmost shell ([Plan#SHELL]) and the command's own arguments.
    List<String> launcher(SandboxCommand command);

    /// Where the command sees a mount.
    default String seenPath(Mount mount) {
        return mount.host().toAbsolutePath().toString();
    }

    /// Whether commands run as their own uid rather than the server's.
    default boolean switchesUid() {
        return false;
    }

    /// The shell that becomes the command, or that stays as its init.
    static List<String> shell(String path, SandboxCommand command) {
        var words = new java.util.ArrayList<>(List.of(path, "-c", Plan.SHELL, "sh"));
        words.addAll(command.arguments());
        return words;
    }
}
