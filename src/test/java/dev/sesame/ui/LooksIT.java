package dev.sesame.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every page in both themes and two widths: usable by everybody, not wider than the window, and a picture of it.
@Tag("browser")
class LooksIT {
    private static final String SCRIPT = """
            Add a greeting to the front page
            demo: think 12 1
            demo: run printf 'import { greet } from "./greet";\\n\\nexport const page = greet("you");\\n' > page.ts
            demo: run mkdir -p src/deep && printf 'line\\n' > src/deep/notes.txt && printf '# App\\n\\nGreets.\\n' > README.md
            demo: run printf '\\033[32mPASS\\033[0m 12 tests\\n'
            demo: ask Publish the page""";

    private static final Pattern ROUTE = Pattern.compile("\\bpath: \"(/[^\"]+)\"");

    private static final int SMALLEST = 360;

    private final List<String> problems = new ArrayList<>();

    @Test
    void everyPageIsGoodToLookAtAndToUse() throws IOException {
        try (SesameServer server = SesameServer.start(Map.of("ALLOW_USER_REGISTRATION", "true"));
                Chromium chromium = new Chromium()) {
            server.repository("app");
            HttpUser admin = server.admin();
            String done = TaskPages.task(admin, SCRIPT, "auto");
            String asking = TaskPages.task(admin, SCRIPT, "ask");
            TaskPages.task(admin, "Make it faster\ndemo: crash 2", "auto");
            Page first = chromium.page(admin, Chromium.WIDE, ColorScheme.LIGHT);
            first.navigate("/tasks/" + done);
            TaskPages.awaitStanding(first, "Completed");
            first.navigate("/tasks/" + asking);
            TaskPages.awaitStanding(first, "Needs an answer");
            Map<String, String> pages = new LinkedHashMap<>(Map.of(
                    "tasks", "/",
                    "tasks-none", "/?q=nothing+like+it",
                    "new", "/new",
                    "welcome", "/welcome",
                    "nowhere", "/nowhere",
                    "task-asking", "/tasks/" + asking));
            pages.putAll(tabs(first, done));
            for (String part : List.of("Settings", "Admin")) {
                pages.putAll(subPages(first, part));
            }
            first.context().close();
            Map<String, String> outside = Map.of(
                    "login", "/login",
                    "sign-up", "/sign-up",
                    "forgot-password", "/forgot-password",
                    "reset-password", "/reset-password?token=x",
                    "verify-email", "/verify-email");
            assertNoRouteIsLeftOut(Stream.concat(pages.values().stream(), outside.values().stream()));
            for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                look(chromium, server.anonymous(), theme, outside);
                look(chromium, admin, theme, pages);
                lookAtOverlays(chromium, admin, theme);
            }
            assertThat(problems).isEmpty();
            chromium.assertNoComplaints();
        }
    }

    /// Whoever adds a page finds it missing here. The first start's has stories of its own.
    private static void assertNoRouteIsLeftOut(Stream<String> visited) throws IOException {
        List<String> paths = visited.map(path -> path.replaceFirst("\\?.*", "")).toList();
        for (String file : List.of("router.tsx", "subRoutes.tsx")) {
            ROUTE.matcher(Files.readString(Path.of("web/src/app").resolve(file)))
                    .results()
                    .map(route -> route.group(1))
                    .filter(route -> !Set.of("/setup", "/settings", "/admin").contains(route))
                    .forEach(route -> assertThat(paths)
                            .as("the page " + route + " among those that are looked at")
                            .anyMatch(path -> path.matches(".*" + route.replaceAll("\\$\\w+", "[^/]+"))));
        }
    }

    /// A task's page with each of its tabs.
    private static Map<String, String> tabs(Page page, String task) {
        page.navigate("/tasks/" + task);
        Map<String, String> found = new LinkedHashMap<>();
        Locator tabs = page.getByRole(AriaRole.TAB);
        PlaywrightAssertions.assertThat(tabs.first()).isVisible();
        for (Locator tab : tabs.all()) {
            tab.click();
            PlaywrightAssertions.assertThat(tab).hasAttribute("aria-selected", "true");
            String path = page.url().replaceFirst("https?://[^/]+", "");
            found.put("task" + path.replaceFirst("[^?]*(\\?tab=)?", "-").replaceFirst("-$", ""), path);
        }
        return found;
    }

    private void lookAtOverlays(Chromium chromium, HttpUser user, ColorScheme theme) {
        Page page = chromium.page(user, Chromium.WIDE, theme);
        page.navigate("/");
        TaskPages.button(page, "Answer").click();
        PlaywrightAssertions.assertThat(TaskPages.button(page, "Allow").first()).isVisible();
        look(page, "tasks-answer", theme);
        TaskPages.button(page, "Account: Ada Admin").click();
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.MENUITEM).first())
                .isVisible();
        look(page, "account-menu", theme);
        page.keyboard().press("Escape");
        page.keyboard().press("Control+k");
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        look(page, "palette", theme);
        page.keyboard().press("Escape");
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.DIALOG))
                .hasCount(0); // its field has the keys till then
        page.keyboard().press("?");
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        look(page, "shortcuts", theme);
        page.context().close();
    }

    private void look(Page page, String name, ColorScheme theme) {
        String picture = name + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + page.viewportSize().width;
        Looks.picture(page, picture);
        problems.addAll(Looks.barriers(page, picture));
    }

    /// The pages below Settings or Admin, by what is linked there.
    private static Map<String, String> subPages(Page page, String part) {
        page.navigate("/" + part.toLowerCase(Locale.ROOT));
        Map<String, String> found = new LinkedHashMap<>();
        Locator links = page.getByRole(
                        AriaRole.NAVIGATION,
                        new Page.GetByRoleOptions().setName(part).setExact(true))
                .getByRole(AriaRole.LINK);
        PlaywrightAssertions.assertThat(links.first()).isVisible();
        links.all().forEach(link -> {
            String path = String.valueOf(link.getAttribute("href"));
            found.put(path.substring(1).replace('/', '-'), path);
        });
        return found;
    }

    private void look(Chromium chromium, HttpUser user, ColorScheme theme, Map<String, String> pages) {
        Page page = chromium.page(user, Chromium.WIDE, theme);
        pages.forEach((name, path) -> {
            for (int width : List.of(Chromium.WIDE, Chromium.PHONE)) {
                page.setViewportSize(width, width == Chromium.WIDE ? 800 : 844);
                page.navigate(path);
                settle(page);
                if (!Looks.fits(page)) {
                    problems.add(name + " does not fit into " + width);
                }
                look(page, name, theme);
            }
            page.setViewportSize(SMALLEST, 640);
            if (!Looks.fits(page)) {
                problems.add(name + " does not fit into " + SMALLEST);
            }
        });
        page.context().close();
    }

    private static void settle(Page page) {
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING).first())
                .isVisible();
        if (page.url().contains("/tasks/") && !page.url().contains("tab=")) {
            PlaywrightAssertions.assertThat(page.locator("[role=log] [data-index='3']"))
                    .isAttached();
        }
        // Whatever is still loading says so.
        PlaywrightAssertions.assertThat(page.getByText("Loading", new Page.GetByTextOptions().setExact(true)))
                .hasCount(0);
    }
}
