package dev.sesame.sandbox.local;

import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxCommand.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One way to keep a command apart: the words that launch it. They must die, with all they started, when the
/// supervisor dies, their parent.
sealed interface Grade permits Bubblewrap, Unshare, Plain {

    Isolation isolation();

    /// Ends with the inmost shell ([Plan#SHELL]) and the command's own arguments.
    List<String> launcher(SandboxCommand command);

    /// The words that put a command among the processes of one that runs, in the same manner.
    ///
    /// @param running the control directory of that one
    Entrance entrance(Spool running, SandboxCommand command);

    /// Text files that the launcher needs, by name. They go into the control directory, which it runs in.
    default Map<String, String> files(SandboxCommand command) {
        return Map.of();
    }

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
        var words = new ArrayList<>(List.of(path, "-c", Plan.SHELL, "sh"));
        words.addAll(command.arguments());
        return words;
    }
}
