package dev.sesame.sandbox.local;

import dev.sesame.sandbox.FileTree;
import dev.sesame.sandbox.Isolation;
import dev.sesame.sandbox.Sandbox;
import dev.sesame.sandbox.SandboxCommand;
import dev.sesame.sandbox.SandboxException;
import dev.sesame.sandbox.SandboxProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Commands as processes of this host, isolated as well as it allows.
///
/// Close it only to get rid of its threads; what it started runs on.
public final class LocalSandboxes implements SandboxProvider, AutoCloseable {
    /// What `ulimit -f` counts in (POSIX).
    private static final int OUTPUT_BLOCK = 512;

    private final Grade grade;
    private final Supervisor supervisor;
    private final ControlGroups groups;
    private final String description;
    private final Activity activity = new Activity();

    LocalSandboxes(Grade grade, Path scripts, ControlGroups groups, String description) {
        this.grade = grade;
        this.supervisor = new Supervisor(scripts.resolve("supervisor.sh"));
        this.groups = groups;
        this.description = description;
    }

    /// The best isolation that works here, found by trying, which takes a fraction of a second.
    ///
    /// @param directory for files that must outlive the server, such as the supervisor; made if absent
    public static LocalSandboxes best(Path directory) {
        return Host.best(directory);
    }

    /// Exactly this isolation, or a [SandboxException] that says why it can't be had.
    public static LocalSandboxes only(Isolation isolation, Path directory) {
        return Host.only(isolation, directory);
    }

    @Override
    public Isolation isolation() {
        return grade.isolation();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Sandbox start(SandboxCommand command) {
        var spool = new Spool(command.directory().toAbsolutePath());
        if (!spool.started()) {
            String plan = Plan.text(command, grade instanceof Unshare);
            List<Path> joined = limit(spool.directory(), command.limits());
            try {
                spool.prepare(command.deadline(), files(command, joined));
                supervisor.launch(spool.directory(), name(), grade.launcher(command), plan);
            } catch (SandboxException e) {
                joined.forEach(ControlGroups::delete);
                throw e;
            }
        }
        return begun(spool);
    }

    @Override
    public Sandbox join(Path running, SandboxCommand command) {
        var spool = new Spool(command.directory().toAbsolutePath());
        var other = new Spool(running.toAbsolutePath());
        if (!spool.started()) {
            try (Entrance entrance = grade.entrance(other, command)) {
                spool.prepare(command.deadline(), Entrance.files(other));
                String manner = isolation() == Isolation.NONE ? name() : Spool.JOINED;
                supervisor.launch(spool.directory(), manner, entrance.words(), Plan.text(command, false));
                entrance.await(spool);
            }
        }
        return begun(spool);
    }

    private Sandbox begun(Spool spool) {
        return find(spool.directory())
                .orElseThrow(
                        () -> new SandboxException("The supervisor ended before it began, in " + spool.directory()));
    }

    private String name() {
        return isolation().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Sandbox> find(Path directory) {
        var spool = new Spool(directory.toAbsolutePath());
        return spool.started() ? Optional.of(new LocalSandbox(spool, activity)) : Optional.empty();
    }

    @Override
    public String seenPath(SandboxCommand.Mount mount) {
        return grade.seenPath(mount);
    }

    @Override
    public void own(Path directory, int uid) {
        try {
            Files.createDirectories(directory);
            if (grade.switchesUid()) {
                give(directory, uid);
            }
        } catch (IOException e) {
            throw new SandboxException("Can't make " + directory + " for uid " + uid + ": " + e, e);
        }
    }

    // Most are fresh, and need no process to go through them.
    private static void give(Path directory, int uid) throws IOException {
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) {
                FileTree.give(directory, uid);
                return;
            }
        }
        Files.setAttribute(directory, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(directory, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() {
        activity.close();
    }

    private Map<String, String> files(SandboxCommand command, List<Path> joined) {
        var files = new HashMap<>(grade.files(command));
        if (!joined.isEmpty()) {
            files.put("cgroups", joined.stream().map(group -> group + "\n").collect(Collectors.joining()));
        }
        long output = command.limits().outputBytes();
        if (output > 0) {
            files.put("output-limit", output / OUTPUT_BLOCK + 1 + "\n");
        }
        return files;
    }

    // Named for the directory, whose name alone may be another server's too.
    private List<Path> limit(Path directory, SandboxCommand.Limits limits) {
        try {
            String name = directory.getFileName() + "-" + Integer.toHexString(directory.hashCode());
            return groups.make(name, limits);
        } catch (IOException e) {
            throw new SandboxException("Can't set the limits of " + directory + ": " + e, e);
        }
    }
}
