package dev.sesame.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The files and the environment that every git outside a sandbox runs with: our configuration and no other, an
/// empty home, nothing to ask. Immutable after construction.
final class GitSurroundings {
    /// The operator's proxies and certificates, the only variables taken from the server's own environment.
    private static final List<String> PASSED_ON = List.of(
            "PATH",
            "http_proxy",
            "https_proxy",
            "HTTPS_PROXY",
            "all_proxy",
            "ALL_PROXY",
            "no_proxy",
            "NO_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "GIT_SSL_CAINFO");

    /// `safe.directory`: local repositories are there because an admin listed them, all others are ours.
    private static final String CONFIG = """
            [core]
            \tfsmonitor = false
            \tfsync = committed,reference
            \tbigFileThreshold = 16m
            \tquotePath = false
            [credential]
            \thelper =
            [fetch]
            \trecurseSubmodules = false
            \tunpackLimit = 1
            [gc]
            \tauto = 0
            [http]
            \tlowSpeedLimit = 1000
            \tlowSpeedTime = 60
            [init]
            \tdefaultBranch = main
            [maintenance]
            \tauto = false
            [push]
            \tfollowTags = false
            \trecurseSubmodules = no
            [safe]
            \tdirectory = *
            [submodule]
            \trecurse = false
            """;

    private final Path directory;
    private final Map<String, String> environment;

    GitSurroundings(Path directory) {
        this.directory = directory.toAbsolutePath();
        Path home = this.directory.resolve("home");
        Path config = this.directory.resolve("gitconfig");
        BareRepository.open(this.directory);
        try {
            Files.createDirectories(home);
            Files.createDirectories(temporary());
            Path fresh = Files.createTempFile(temporary(), "gitconfig", "");
            Files.writeString(fresh, CONFIG);
            Files.move(fresh, config, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write below " + directory, e);
        }
        this.environment = environment(home, config);
    }

    /// For files that are read or written by one call.
    Path temporary() {
        return directory.resolve("tmp");
    }

    Path directory() {
        return directory;
    }

    Map<String, String> environment() {
        return environment;
    }

    private static Map<String, String> environment(Path home, Path config) {
        var all = new HashMap<String, String>();
        for (String name : PASSED_ON) {
            Stream.ofNullable(System.getenv(name)).forEach(value -> all.put(name, value));
        }
        all.put("HOME", home.toString());
        all.put("XDG_CONFIG_HOME", home.toString());
        all.put("LC_ALL", "C");
        all.put("GIT_CONFIG_NOSYSTEM", "1");
        all.put("GIT_CONFIG_GLOBAL", config.toString());
        all.put("GIT_ATTR_NOSYSTEM", "1");
        all.put("GIT_NO_REPLACE_OBJECTS", "1");
        all.put("GIT_NO_LAZY_FETCH", "1");
        all.put("GIT_OPTIONAL_LOCKS", "0");
        all.put("GIT_TERMINAL_PROMPT", "0");
        all.put("GIT_ALLOW_PROTOCOL", "");
        return Map.copyOf(all);
    }
}
