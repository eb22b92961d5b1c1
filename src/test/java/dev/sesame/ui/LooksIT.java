package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private final List<String> problems = new ArrayList<>();

    @Test
    void everyPageIsGoodToLookAtAndToUse() {
        try (SesameServer server = SesameServer.start();
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
                    "new", "/new",
                    "task", "/tasks/" + done,
                    "task-asking", "/tasks/" + asking,
                    "task-diff", "/tasks/" + done + "?tab=diff",
                    "task-log", "/tasks/" + done + "?tab=log"));
            for (String part : List.of("Settings", "Admin")) {
                pages.putAll(subPages(first, part));
            }
            first.context().close();
            for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                look(chromium, server.anonymous(), theme, Map.of("login", "/login"));
                look(chromium, admin, theme, pages);
            }
            org.assertj.core.api.Assertions.assertThat(problems).isEmpty();
            chromium.assertNoComplaints();
        }
    }

    /// The pages below Settings or Admin, by what is linked there.
    private static Map<String, String> subPages(Page page, String part) {
        page.navigate("/" + part.toLowerCase(Locale.ROOT));
        Map<String, String> found = new LinkedHashMap<>();
        page.getByRole(
                        AriaRole.NAVIGATION,
                        new Page.GetByRoleOptions().setName(part).setExact(true))
                .getByRole(AriaRole.LINK)
                .all()
                .forEach(link -> {
                    String path = String.valueOf(link.getAttribute("href"));
                    found.put(path.substring(1).replace('/', '-'), path);
                });
        return found;
    }

    private void look(Chromium chromium, HttpUser user, ColorScheme theme, Map<String, String> pages) {
        Page page = chromium.page(user, Chromium.WIDE, theme);
        String themeName = theme.name().toLowerCase(Locale.ROOT);
        pages.forEach((name, path) -> {
            for (int width : List.of(Chromium.WIDE, Chromium.PHONE)) {
                page.setViewportSize(width, width == Chromium.WIDE ? 800 : 844);
                page.navigate(path);
                settle(page);
                if (!Looks.fits(page)) {
                    problems.add(name + " does not fit into " + width);
                }
                Looks.picture(page, name + "-" + themeName + "-" + width);
                if (width == Chromium.WIDE) {
                    problems.addAll(Looks.barriers(page, name + " " + themeName + " " + width));
                }
            }
        });
        page.context().close();
    }

    private static void settle(Page page) {
        assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
        if (page.url().contains("/tasks/") && !page.url().contains("tab=diff")) {
            assertThat(page.locator("[role=log] [data-index='3']")).isAttached();
        }
        // Whatever is still loading says so.
        assertThat(page.getByText("Loading", new Page.GetByTextOptions().setExact(true)))
                .hasCount(0);
    }
}
