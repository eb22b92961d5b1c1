package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// On a server of its own, whose queue stands still.
@Tag("browser")
class TaskSearchIT {

    @Test
    void theServerLooksForWordsInAllTasksNotOnlyInThoseOnThePage() {
        try (SesameServer server = SesameServer.start(Map.of("TASKS_MAX_RUNNING", "1"));
                Chromium chromium = new Chromium()) {
            server.repository("app");
            HttpUser user = server.admin();
            TaskPages.task(user, "The needle in it\ndemo: sleep 600000", "auto");
            for (int i = 0; i < 55; i++) {
                TaskPages.task(user, "Hay " + i, "auto");
            }
            Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
            page.navigate("/");
            assertThat(page.getByText("56 tasks")).isVisible();
            assertThat(page.getByText("The needle in it")).hasCount(0);
            page.keyboard().press("/");
            page.keyboard().type("IT needle");
            assertThat(page.getByText("The needle in it")).isVisible();
            assertThat(page.locator("[data-row]")).hasCount(1);
            assertThat(page).hasURL(Pattern.compile(".*\\?q=IT.needle"));
            TaskPages.task(user, "Another needle for it", "auto");
            assertThat(page.getByText("Another needle for it")).isVisible();
            page.getByLabel("Status", new Page.GetByLabelOptions().setExact(true))
                    .selectOption("failed");
            assertThat(page.getByText("No task matches")).isVisible();
            chromium.assertNoComplaints();
        }
    }
}
