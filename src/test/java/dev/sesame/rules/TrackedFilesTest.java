package dev.sesame.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is tracked must mean the same on every machine.
class TrackedFilesTest {

    /// Written so that this file doesn't match itself.
    private static final Pattern FOREIGN = Pattern.compile(String.join(
            "|",
            "registry\\.npm" + "js\\.org",
            "repo1?\\.maven" + "(\\.apache)?\\.org",
            "deb\\.deb" + "ian\\.org",
            "registry-1\\.dock" + "er\\.io",
            "(?<![\\w./-])/(root|work|Users/\\w+|home/(?!agent\\b|linuxbrew\\b)\\w+)" + "/[\\w.]"));

    @Test
    void noFileNamesARegistryOrAPlaceOfOneMachine() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        for (Path file : tracked()) {
            Matcher matcher = FOREIGN.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            if (matcher.find()) {
                found.add(file + ": " + matcher.group());
            }
        }
        assertThat(found)
                .as("Which registry and which directories are used is each machine's own affair: leave it out")
                .isEmpty();
    }

    private static List<Path> tracked() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "ls-files", "-z")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as("git ls-files; the tests run in a clone").isZero();
        return List.of(names.split("\0")).stream()
                .map(Path::of)
                .filter(Files::isRegularFile)
                .toList();
    }
}
