package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What breaks while one watches; the transcript goes on exactly where it was.
class InterruptionsIT {
    private static final List<Integer> ALL =
            IntStream.rangeClosed(1, 400).boxed().toList();

    @Test
    void aReloadAndADeadServerInTheMiddleOfAMessageLoseNothing() {
        try (SesameServer server = SesameServer.start();
                Chromium chromium = new Chromium()) {
            server.repository("app");
            Page page = chromium.page(server.admin(), Chromium.WIDE, ColorScheme.LIGHT);
            page.navigate("/tasks/" + TaskPages.task(server.admin(), "Count\ndemo: text 400 15", "auto"));
            assertThat(page.locator(".prose")).containsText(" 20 ");
            page.reload();
            assertThat(page.locator(".prose")).containsText(" 60 ");
            server.kill();
            assertThat(page.getByText("The connection is interrupted")).isVisible();
            server.restart();
            assertThat(page.getByText("The connection is interrupted")).isHidden();
            TaskPages.awaitStanding(page, "Completed");
            assertThat(TaskPages.counted(page)).isEqualTo(ALL);
            chromium.assertNoComplaints();
        }
    }
}
