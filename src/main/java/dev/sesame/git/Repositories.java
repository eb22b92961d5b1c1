package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Resolves the names of repositories: the bare ones in the directories that an admin listed, and those on the
/// git host. Safe from any thread; looks at the disk at each call, so new local repositories count
/// at once.
///
/// `<root>/app.git` is `app`, `<root>/team/app.git` is `team/app`. A local repository hides one of the same
/// name on the host. Nothing outside the roots is reachable, symbolic links included.
public final class Repositories {
    private static final int MAX_LENGTH = 200;
    private static final String GIT = ".git";

    /// One or two plain names. The host has repositories that begin with a dot (`.github`), so the second may.
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/\\.?[A-Za-z0-9_][A-Za-z0-9._-]*)?");

    private final Supplier<List<Path>> roots;
    private final Supplier<String> hostUrl;
    private final Function<String, Optional<Path>> builtIn;

    /// @param localRoots directories of local repositories; those that don't exist are passed over
    /// @param hostUrl where `owner/repo` lives, `https://github.com` for example
    public Repositories(List<Path> localRoots, String hostUrl) {
        this(() -> localRoots, () -> hostUrl);
        checkHost(hostUrl);
    }

    /// As above, for values that change; they are asked for at each call.
    public Repositories(Supplier<List<Path>> localRoots, Supplier<String> hostUrl) {
        this(localRoots, hostUrl, name -> Optional.empty());
    }

    /// @param builtIn bare repositories that are there without being in any root, by name; the least in rank, and in no
    ///     list
    public Repositories(
            Supplier<List<Path>> localRoots, Supplier<String> hostUrl, Function<String, Optional<Path>> builtIn) {
        this.roots = localRoots;
        this.hostUrl = hostUrl;
        this.builtIn = builtIn;
    }

    /// @throws IllegalArgumentException for what can't be the name of a repository
    /// @throws GitException `REPOSITORY_NOT_FOUND` for a single name that is no local repository. Whether the
    ///     host has an `owner/repo` is found out by [GitStore#fetch]
    public RepositoryRef resolve(String name) {
        checkName(name);
        Optional<RepositoryRef> local =
                roots.get().stream().flatMap(root -> local(root, name).stream()).findFirst();
        if (local.isPresent()) {
            return local.get();
        }
        if (name.indexOf('/') < 0) {
            return builtIn.apply(name)
                    .map(path -> new RepositoryRef(name, path.toString(), true))
                    .orElseThrow(() -> new GitException(
                            Reason.REPOSITORY_NOT_FOUND,
                            "There is no local repository " + name
                                    + "; a repository on the git host is named owner/repo"));
        }
        return new RepositoryRef(name, checkHost(hostUrl.get()) + "/" + name + GIT, false);
    }

    /// Whether there is any directory of local repositories.
    public boolean hasLocal() {
        return !roots.get().isEmpty();
    }

    /// The names of all local repositories, sorted.
    public List<String> localNames() {
        var names = new TreeSet<String>();
        for (Path root : roots.get()) {
            for (Path entry : entries(root)) {
                addIfRepository(names, root, entry);
                if (!entry.getFileName().toString().endsWith(GIT)) {
                    entries(entry).forEach(below -> addIfRepository(names, root, below));
                }
            }
        }
        return List.copyOf(names);
    }

    private static void addIfRepository(Set<String> names, Path root, Path directory) {
        String path = root.relativize(directory).toString();
        if (path.endsWith(GIT)) {
            String name = path.substring(0, path.length() - GIT.length());
            if (NAME.matcher(name).matches() && local(root, name).isPresent()) {
                names.add(name);
            }
        }
    }

    private static Optional<RepositoryRef> local(Path root, String name) {
        try {
            Path real = root.resolve(name + GIT).toRealPath();
            boolean bare = real.startsWith(root.toRealPath())
                    && Files.isRegularFile(real.resolve("HEAD"))
                    && Files.isDirectory(real.resolve("objects"))
                    && Files.isDirectory(real.resolve("refs"));
            return bare ? Optional.of(new RepositoryRef(name, real.toString(), true)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static List<Path> entries(Path directory) {
        try (var stream = Files.newDirectoryStream(directory, Files::isDirectory)) {
            var all = new TreeSet<Path>();
            stream.forEach(all::add);
            return List.copyOf(all);
        } catch (IOException | DirectoryIteratorException _) {
            return List.of();
        }
    }

    private static void checkName(String name) {
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "The name of the repository is longer than " + MAX_LENGTH + " characters");
        }
        if (!NAME.matcher(name).matches() || name.contains("..") || name.endsWith(GIT) || name.endsWith(".")) {
            throw new IllegalArgumentException(
                    "A repository is named owner/repo, or by the name of a local repository; without .git");
        }
    }

    private static String checkHost(String hostUrl) {
        String trimmed = hostUrl.replaceAll("/+$", "");
        URI uri = URI.create(trimmed);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw new IllegalArgumentException("The git host must be an http or https address without a user");
        }
        return trimmed;
    }
}
