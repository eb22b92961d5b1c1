package dev.sesame.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// How a page looks: whether everybody can use it, whether it fits, and a picture of it.
final class Looks {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Path AXE = Path.of("web", "node_modules", "axe-core", "axe.min.js");

    private Looks() {}

    /// What is wrong with the page for somebody: rules of axe's that it breaks, WCAG 2.2 AA and good practices.
    static List<String> barriers(Page page, String name) {
        try {
            // By the debugger, since the page's own policy lets no foreign script in.
            page.evaluate(Files.readString(AXE));
        } catch (IOException e) {
            throw new UncheckedIOException("axe comes with npm ci in web/", e);
        }
        Object found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']}))"
                + ".violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.html.slice(0, 200)"
                + " + ' ' + node.failureSummary.split('\\n')[1]))");
        return ((List<?>) found).stream().map(each -> name + ": " + each).toList();
    }

    /// In both themes everybody can use the page, and a picture of it is left; nothing is wider than the window.
    static void good(Page page, String name) {
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            String picture = name + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + page.viewportSize().width;
            picture(page, picture);
            assertThat(barriers(page, picture)).isEmpty();
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(fits(page)).as(name + " fits into the window").isTrue();
    }

    /// Whether nothing is wider than the window.
    static boolean fits(Page page) {
        return (Boolean)
                page.evaluate(
                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
                                + " && [...document.querySelectorAll('main, header')].every(e => e.scrollWidth <= e.clientWidth + 1)");
    }

    /// Leaves `target/screenshots/NAME.png`.
    static void picture(Page page, String name) {
        // It may otherwise show the page as it was before.
        page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
