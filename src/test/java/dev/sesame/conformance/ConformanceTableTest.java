package dev.sesame.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// With the system property `goldens.write` it writes the table instead.
class ConformanceTableTest {
    private static final Path PAGE = Path.of("docs/agents.md");
    private static final String BEGIN = "<!-- Written by the conformance suite: begin -->\n";
    private static final String END = "<!-- Written by the conformance suite: end -->";

    @Test
    void thePageShowsWhatTheSuiteFound() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        String table = Results.kept().table();
        if (Boolean.getBoolean("goldens.write")) {
            page = page.substring(0, from) + table + page.substring(to);
            Files.writeString(PAGE, page);
            to = page.indexOf(END);
        }
        assertThat(page.substring(from, to)).isEqualTo(table);
    }
}
