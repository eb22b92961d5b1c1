package dev.sesame.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How a page looks: whether everybody can use it, whether it fits, and a picture of it.
final class Looks {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Path AXE = Path.of("web", "node_modules", "axe-core", "axe.min.js");

    private Looks() {}

    /// No rule of axe's is broken: WCAG 2.2 AA and its good practices.
    static void assertAccessible(Page page, String name) {
        try {
            // By the debugger, since the page's own policy lets no foreign script in.
            page.evaluate(Files.readString(AXE));
        } catch (IOException e) {
            throw new UncheckedIOException("axe comes with npm ci in web/", e);
        }
        Object found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']}))"
                + ".violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html.slice(0, 200)"
                + " + ' ' + node.failureSummary.split('\\n')[1]))");
        assertThat((List<?>) found).as("axe on " + name).isEmpty();
    }

    /// Nothing is wider than the window.
    static void assertFits(Page page, String name) {
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
                                                + " && [...document.querySelectorAll('main, header')].every(e => e.scrollWidth <= e.clientWidth + 1)"))
                .as(name + " fits")
                .isTrue();
    }

    /// Leaves `target/screenshots/NAME.png`.
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
