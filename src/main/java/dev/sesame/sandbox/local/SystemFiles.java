package dev.sesame.sandbox.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Of the host's system, what a command gets to see: programs, and the few files of /etc that they need. Nothing
/// here may hold a secret.
final class SystemFiles {

    private static final List<String> ETC = List.of(
            "resolv.conf",
            "hosts",
            "nsswitch.conf",
            "gai.conf",
            "protocols",
            "services",
            "localtime",
            "timezone",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "os-release",
            "mime.types",
            "alternatives",
            "ca-certificates",
            "ssl/certs",
            "ssl/openssl.cnf",
            "pki/tls/certs",
            "pki/ca-trust",
            "fonts",
            "maven/m2.conf",
            "maven/logging");

    private SystemFiles() {}

    /// @param host the host's root directory
    static List<String> words(Path host) {
        var words = new ArrayList<String>();
        readable(words, host, "usr");
        for (String name : List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32")) {
            Path path = host.resolve(name);
            if (Files.isSymbolicLink(path)) {
                words.addAll(List.of("--symlink", target(path), "/" + name));
            } else {
                readable(words, host, name);
            }
        }
        // Parents that bubblewrap makes by itself are closed to others.
        List.of("/etc", "/etc/ssl", "/home").forEach(parent -> words.addAll(List.of("--dir", parent)));
        ETC.forEach(name -> readable(words, host, "etc/" + name));
        javaConfigurations(host).forEach(name -> readable(words, host, "etc/" + name));
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"));
        words.addAll(List.of("--perms", "1777", "--tmpfs", "/tmp", "--perms", "1777", "--tmpfs", "/var/tmp"));
        return words;
    }

    private static void readable(List<String> words, Path host, String name) {
        if (Files.exists(host.resolve(name))) {
            words.addAll(List.of("--ro-bind", host.resolve(name).toString(), "/" + name));
        }
    }

    // Debian's JDKs are full of links into /etc/java-*, and don't start without.
    private static List<String> javaConfigurations(Path host) {
        try (Stream<Path> etc = Files.list(host.resolve("etc"))) {
            return etc.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("java-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
