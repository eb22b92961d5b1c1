package dev.sesame.terminal;

import dev.sesame.event.SecretMask;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Where a running task's shells are opened.
///
/// @param agent the control directory of the agent, whose namespaces they join
/// @param control where the control directories of shells go
/// @param mask of what they must not show; asked again and again, since there may be more of it in time
public record ShellPlace(
        SandboxProvider sandboxes, Path agent, Path control, Commands commands, Supplier<SecretMask> mask) {

    /// Makes a task's command, in the surroundings of all of them.
    @FunctionalInterface
    public interface Commands {
        SandboxCommand command(Path directory, List<String> arguments);
    }

    Path directory(int shell) {
        return control.resolve("terminal-" + shell);
    }
}
