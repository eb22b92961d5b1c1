package dev.sesame.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is removed of what mise installed, and what is not.
class ToolchainsTest {
    private static final Duration KEPT = Duration.ofDays(30);

    @TempDir
    private Path place;

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private Path caches = Path.of("");
    private Toolchains toolchains = new Toolchains(Optional::empty, caches);

    @BeforeEach
    void begin() {
        caches = place.resolve("toolchains");
        toolchains = new Toolchains(Optional::empty, caches);
    }

    @Test
    void aCacheThatNoTaskUsedForLongIsRemoved() throws IOException {
        version(use("old"), "node", "20.1.0");
        pass(20);
        use("used");
        pass(10);
        sweep();
        assertThat(caches()).containsExactly("old", "used");
        pass(1);
        sweep();
        assertThat(caches()).containsExactly("used");
        use("used");
        pass(30);
        sweep();
        assertThat(caches()).containsExactly("used");
        assertThat(caches.resolve("removed")).isEmptyDirectory();
    }

    @Test
    void whatATaskMayUseStaysHoweverOldItIs() throws IOException {
        Path version = version(use("needed"), "node", "20.1.0");
        pass(100);
        sweep("needed");
        assertThat(version).isDirectory();
        sweep();
        assertThat(caches()).isEmpty();
    }

    @Test
    void versionsThatNoTaskUsedForLongAreRemovedFromACacheThatIsInUse() throws IOException {
        Path cache = use("cache");
        Path node20 = version(cache, "node", "20.1.0");
        Path node22 = version(cache, "node", "22.1.0");
        Path latest = Files.createSymbolicLink(node22.resolveSibling("latest"), Path.of("./22.1.0"));
        Path npm = Files.createDirectories(cache.resolve("npm"));
        touch(npm);
        pass(31);
        use("cache");
        touch(node22);
        sweep("cache");
        assertThat(node20).isDirectory();
        sweep();
        assertThat(node20).doesNotExist();
        assertThat(List.of(node22, latest, npm))
                .allSatisfy(kept -> assertThat(kept).isDirectory());
    }

    @Test
    void noLinkLeadsOutOfACache() throws IOException {
        Path others = version(place.resolve("others"), "node", "1");
        touch(place.resolve("others"));
        Path installs = place.resolve("others/mise/installs");
        Path first = use("first");
        Path second = use("second");
        Path third = use("third");
        pass(100);
        Files.createSymbolicLink(first.resolve("mise"), place.resolve("others/mise"));
        Files.createSymbolicLink(Files.createDirectories(second.resolve("mise")).resolve("installs"), installs);
        Files.createSymbolicLink(
                Files.createDirectories(third.resolve("mise/installs")).resolve("node"), installs.resolve("node"));
        Files.createSymbolicLink(caches.resolve("fourth"), place.resolve("others"));
        for (String name : List.of("first", "second", "third")) {
            use(name);
        }
        sweep();
        assertThat(others).isDirectory();
        pass(100);
        sweep();
        assertThat(caches()).containsExactly("fourth");
        assertThat(others).isDirectory();
    }

    @Test
    void whatADeadServerLeftIsRemovedByTheNext() throws IOException {
        Files.createDirectories(caches.resolve("removed/half/mise"));
        sweep();
        assertThat(caches.resolve("removed")).isEmptyDirectory();
    }

    @Test
    void nothingIsThereBeforeTheFirstTask() {
        sweep();
        assertThat(caches).doesNotExist();
    }

    private Path use(String name) {
        return toolchains.cache(name, true, now).host();
    }

    private Path version(Path cache, String tool, String number) throws IOException {
        Path version = cache.resolve("mise/installs").resolve(tool).resolve(number);
        Files.createDirectories(version.resolve("bin"));
        touch(version);
        touch(cache);
        return version;
    }

    private void touch(Path directory) throws IOException {
        Files.setLastModifiedTime(directory, FileTime.from(now));
    }

    private void pass(int days) {
        now = now.plus(Duration.ofDays(days));
    }

    private void sweep(String... needed) {
        toolchains.removeUnused(now.minus(KEPT), () -> Set.of(needed));
    }

    private List<String> caches() throws IOException {
        try (Stream<Path> children = Files.list(caches)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(name -> !name.equals("removed"))
                    .sorted()
                    .toList();
        }
    }
}
