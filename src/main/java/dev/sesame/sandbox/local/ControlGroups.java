package dev.sesame.sandbox.local;

import dev.sesame.sandbox.SandboxCommand.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Limits on memory, processes and processors, by the kernel's control groups of either version, as far as the host
/// lets us make some.
///
/// @param parents where groups are made, for each controller that works here
record ControlGroups(Version version, Map<Controller, Path> parents) {

    enum Version {
        V1(1),
        V2(2);

        private final int number;

        Version(int number) {
            this.number = number;
        }
    }

    enum Controller {
        MEMORY("memory", "memory"),
        PROCESSES("pids", "processes"),
        PROCESSORS("cpu", "processors");

        final String kernelName;
        final String words;

        Controller(String kernelName, String words) {
            this.kernelName = kernelName;
            this.words = words;
        }
    }

    private static final String NAME = "sesame";
    private static final int PERIOD_MICROS = 100_000;

    /// Finds out by trying.
    ///
    /// @param root where the host has its control groups
    /// @param own our line of version 2 in `/proc/self/cgroup`: a service manager delegates what is around it
    static ControlGroups find(Path root, String own) {
        if (!Files.exists(root.resolve("cgroup.controllers"))) {
            return new ControlGroups(Version.V1, version1(root));
        }
        Path mine = root.resolve(own.replaceFirst("^0::/*", "").strip()).normalize();
        Path around = mine.equals(root) || !mine.startsWith(root) ? root : Objects.requireNonNull(mine.getParent());
        for (Path within : new LinkedHashSet<>(List.of(root, around))) {
            Map<Controller, Path> parents = version2(within);
            if (!parents.isEmpty()) {
                return new ControlGroups(Version.V2, parents);
            }
        }
        return new ControlGroups(Version.V2, Map.of());
    }

    private static Map<Controller, Path> version1(Path root) {
        var parents = new EnumMap<Controller, Path>(Controller.class);
        for (Controller controller : Controller.values()) {
            Path hierarchy = root.resolve(controller.kernelName);
            if (Files.isDirectory(hierarchy) && canMakeIn(hierarchy.resolve(NAME))) {
                parents.put(controller, hierarchy.resolve(NAME));
            }
        }
        return parents;
    }

    private static Map<Controller, Path> version2(Path within) {
        var parents = new EnumMap<Controller, Path>(Controller.class);
        Path parent = within.resolve(NAME);
        if (canMakeIn(parent)) {
            for (Controller controller : Controller.values()) {
                if (enable(within, controller) && enable(parent, controller)) {
                    parents.put(controller, parent);
                }
            }
        }
        return parents;
    }

    private static boolean canMakeIn(Path parent) {
        try {
            Files.createDirectories(parent);
            delete(Files.createDirectory(parent.resolve("probe-" + UUID.randomUUID())));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean enable(Path group, Controller controller) {
        try {
            Files.writeString(group.resolve("cgroup.subtree_control"), "+" + controller.kernelName);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /// For a person: what is limited, and what can't be.
    String describe() {
        List<String> unlimited = new ArrayList<>();
        for (Controller controller : Controller.values()) {
            if (!parents.containsKey(controller)) {
                unlimited.add(controller.words);
            }
        }
        String limited = parents.keySet().stream().map(each -> each.words).collect(Collectors.joining(", "));
        return (limited.isEmpty() ? "" : limited + " limited by control groups (version " + version.number + ")")
                + (limited.isEmpty() || unlimited.isEmpty() ? "" : ", ")
                + (unlimited.isEmpty()
                        ? ""
                        : String.join(", ", unlimited)
                                + " not limited, since no control group for them can be made here");
    }

    /// Makes groups with these limits and returns them for the command to join; none if there is nothing to limit.
    List<Path> make(String name, Limits limits) throws IOException {
        if (limits.memoryBytes() == 0 && limits.processes() == 0 && limits.processors() == 0) {
            return List.of();
        }
        Set<Path> made = new LinkedHashSet<>();
        for (Path parent : parents.values()) {
            made.add(Files.createDirectories(parent.resolve(name)));
        }
        for (var each : parents.entrySet()) {
            limit(each.getKey(), each.getValue().resolve(name), limits);
        }
        return List.copyOf(made);
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

    private void limit(Controller controller, Path group, Limits limits) throws IOException {
        boolean newer = version == Version.V2;
        long memory = limits.memoryBytes();
        switch (controller) {
            case MEMORY -> {
                set(group, newer ? "memory.max" : "memory.limit_in_bytes", memory, "" + memory);
                set(
                        group,
                        newer ? "memory.swap.max" : "memory.memsw.limit_in_bytes",
                        memory,
                        newer ? "0" : "" + memory);
            }
            case PROCESSES -> set(group, "pids.max", limits.processes(), "" + limits.processes());
            case PROCESSORS -> {
                String quota = "" + (long) limits.processors() * PERIOD_MICROS;
                set(
                        group,
                        newer ? "cpu.max" : "cpu.cfs_quota_us",
                        limits.processors(),
                        newer ? quota + " " + PERIOD_MICROS : quota);
            }
        }
    }

    // A kernel without swap has no file for it.
    private static void set(Path group, String file, long limit, String value) throws IOException {
        if (limit > 0 && Files.exists(group.resolve(file))) {
            Files.writeString(group.resolve(file), value);
        }
    }
}
