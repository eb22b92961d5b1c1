package dev.sesame;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Chromium without a window, for stories of the web UI. One for a test class; each [#open] is a browser of its own,
/// with nothing in it but the session of the user that is given. For one thread.
public final class Browser implements AutoCloseable {
    // A picture may otherwise show the page as it was before.
    private static final String DRAWN =
            "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))";

    public static final int WIDE = 1280;
    public static final int PHONE = 390;

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Path AXE = Path.of("web/node_modules/axe-core/axe.min.js");
    private static final String FINDINGS = """
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
                .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))
            """;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    public Browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /// A page of that user's, not yet anywhere.
    ///
    /// @param user a signed-in browser, or an anonymous one
    public Page open(HttpUser user, int width) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(user.base().toString())
                .setViewportSize(width, width == PHONE ? 844 : 860)
                .setHasTouch(width == PHONE)
                .setLocale("en-GB")
                .setReducedMotion(ReducedMotion.REDUCE)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(15_000);
        String cookie = user.headers().get("Cookie");
        if (cookie != null) {
            int equals = cookie.indexOf('=');
            context.addCookies(List.of(new Cookie(cookie.substring(0, equals), cookie.substring(equals + 1))
                    .setUrl(user.base().toString())));
        }
        return context.newPage();
    }

    /// Looks at the page in both themes: axe must find nothing against WCAG 2.2 AA, nothing may stand out at the side,
    /// and a picture of each goes to `target/screenshots`.
    ///
    /// @param name of the pictures, for instance `settings-profile`
    public static void look(Page page, String name) {
        int width = page.viewportSize().width;
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
            page.evaluate(DRAWN);
            String picture = "%s-%d-%s.png".formatted(name, width, theme.name().toLowerCase(Locale.ROOT));
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(picture)));
            assertThat(findings(page)).as("what axe finds on " + picture).isEmpty();
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as("width of " + name)
                .isEqualTo(width);
    }

    @SuppressWarnings("unchecked") // what the script in FINDINGS returns
    private static List<String> findings(Page page) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            try {
                page.evaluate(Files.readString(AXE));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return (List<String>) page.evaluate(FINDINGS);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
