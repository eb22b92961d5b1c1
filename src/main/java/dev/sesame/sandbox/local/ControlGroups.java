package dev.sesame.sandbox.local;

import dev.sesame.sandbox.SandboxCommand.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Limits on memory and processes, by the kernel's control groups of either version, where the host lets us make
/// some.
///
/// @param parents `sesame` in each hierarchy that counts; empty if there is no use of them
record ControlGroups(Version version, List<Path> parents) {

    enum Version {
        NONE,
        V1,
        V2
    }

    /// Finds out by trying.
    static ControlGroups find(Path root) {
        boolean unified = Files.exists(root.resolve("cgroup.controllers"));
        var version = unified ? Version.V2 : Version.V1;
        List<Path> hierarchies = unified ? List.of(root) : List.of(root.resolve("memory"), root.resolve("pids"));
        var groups = new ControlGroups(
                version,
                hierarchies.stream().map(each -> each.resolve("sesame")).toList());
        try {
            if (unified) {
                enable(root);
                Files.createDirectories(groups.parents.getFirst());
                enable(groups.parents.getFirst());
            }
            groups.make("probe-" + UUID.randomUUID(), new Limits(1L << 30, 100)).forEach(ControlGroups::delete);
            return groups;
        } catch (IOException | SecurityException refused) {
            return new ControlGroups(Version.NONE, List.of());
        }
    }

    /// Makes groups with these limits and returns them for the command to join; none if there is nothing to limit.
    List<Path> make(String name, Limits limits) throws IOException {
        if (limits.equals(Limits.NONE)) {
            return List.of();
        }
        var made = new ArrayList<Path>();
        for (Path parent : parents) {
            made.add(Files.createDirectories(parent.resolve(name)));
        }
        for (Path group : made) {
            limit(group, limits);
        }
        return made;
    }

    /// Removes the groups that a file lists, when the supervisor could not.
    static void remove(Path list) {
        try {
            Files.readAllLines(list).stream().map(Path::of).forEach(ControlGroups::delete);
        } catch (IOException none) {
            // Without limits there are no groups.
        }
    }

    static void delete(Path group) {
        group.toFile().delete(); // A group is removed as a directory, though it is full of files.
    }

    private void limit(Path group, Limits limits) throws IOException {
        if (limits.memoryBytes() > 0) {
            set(group, version == Version.V2 ? "memory.max" : "memory.limit_in_bytes", limits.memoryBytes());
            set(
                    group,
                    version == Version.V2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes",
                    version == Version.V2 ? 0 : limits.memoryBytes());
        }
        if (limits.processes() > 0) {
            set(group, "pids.max", limits.processes());
        }
    }

    // A hierarchy of version 1 has its own controller's files only, and a kernel without swap none for it.
    private static void set(Path group, String file, long value) throws IOException {
        if (Files.exists(group.resolve(file))) {
            Files.writeString(group.resolve(file), Long.toString(value));
        }
    }

    private static void enable(Path group) throws IOException {
        Files.writeString(group.resolve("cgroup.subtree_control"), "+memory +pids");
    }
}
