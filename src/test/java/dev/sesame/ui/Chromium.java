package dev.sesame.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import dev.sesame.HttpUser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The host's Chromium. Everything that a page complains of on its console is kept, and must be nothing in the end.
/// One thread.
public final class Chromium implements AutoCloseable {
    public static final int WIDE = 1280;
    public static final int PHONE = 390;

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    public Chromium() {
        Path program = find();
        // Generous, since other tests and their servers may want the processors at the same time.
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setHeadless(true)
                        .setArgs(ARGUMENTS));
    }

    private static Path find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> abort("no Chromium on the PATH"));
    }

    /// A browser window of its own, with nothing stored but the session of the user, who may be anonymous.
    public Page page(HttpUser user, int width, ColorScheme theme) {
        URI base = user.base();
        Page page = page(base, width, theme);
        String session = user.headers().get("Cookie");
        if (session != null) {
            String[] cookie = session.split("=", 2);
            page.context().addCookies(List.of(new Cookie(cookie[0], cookie[1]).setUrl(base.toString())));
        }
        return page;
    }

    /// As the other, for an anonymous one. Any certificate will do.
    Page page(URI base, int width, ColorScheme theme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(base.toString())
                .setIgnoreHTTPSErrors(true)
                .setViewportSize(width, width == WIDE ? 800 : 844)
                .setHasTouch(width == PHONE)
                .setColorScheme(theme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setPermissions(List.of("clipboard-read", "clipboard-write"))
                .setLocale("en-US"));
        context.setDefaultTimeout(60_000);
        return open(context);
    }

    /// Another tab of the same window.
    Page open(BrowserContext context) {
        Page page = context.newPage();
        page.onPageError(error -> complaints.add(page.url() + " " + error));
        page.onConsoleMessage(message -> {
            // Answers that say no are said by the page itself; a server that is away is what some stories are about.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(page.url() + " " + message.text());
            }
        });
        return page;
    }

    void assertNoComplaints() {
        assertThat(complaints).as("what pages said on the console").isEmpty();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
