package dev.sesame.agent;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is there of an agent's program.
///
/// @param pinned the version that this release was tested with
/// @param given the program that is set instead of an installation; null if none is
/// @param found what the program says of its version; empty if there is none, or it does not run
/// @param trouble why it does not run; empty if it does, or there is none
/// @param others installed versions beside the pinned one
/// @param brokenOff whether an installation was broken off; the next one begins by removing it
/// @param placed whether the pinned version has its directory
public record AgentExamination(
        String agent,
        String title,
        String pinned,
        @Nullable Path given,
        String found,
        String trouble,
        List<String> others,
        boolean brokenOff,
        boolean placed) {

    /// Whether the program that runs is the one that this release was tested with.
    public boolean asTested() {
        return found.contains(pinned);
    }

    /// Whether any version is installed.
    public boolean known() {
        return placed || !others.isEmpty();
    }
}
