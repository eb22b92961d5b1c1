package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.SesameServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("browser")
class WelcomeIT {

    @Test
    void fromTheFirstStartToADemoTaskWithoutAKey() {
        try (SesameServer server = SesameServer.start();
                Chromium chromium = new Chromium()) {
            Page page = chromium.page(server.anonymous(), Chromium.WIDE, ColorScheme.LIGHT);
            page.navigate("/");
            page.getByLabel("Name").fill("Ada Admin");
            page.getByLabel("E-mail").fill("ada@example.com");
            page.getByLabel("Password").fill("correct horse");
            Looks.good(page, "setup");
            page.keyboard().press("Enter");

            assertThat(page).hasURL(server.base() + "/welcome");
            page.getByText("0 of 3 done").waitFor();
            Looks.good(page, "welcome");
            page.setViewportSize(Chromium.PHONE, 844);
            Looks.good(page, "welcome");
            page.setViewportSize(Chromium.WIDE, 860);
            page.getByRole(AriaRole.BUTTON, named("Skip: Connect GitHub")).click();
            page.reload();
            assertThat(page.getByText("Skipped")).isVisible();

            page.getByRole(AriaRole.BUTTON, named("Run the demo")).click();
            assertThat(page).hasURL(Pattern.compile(".*/tasks/task_\\w+"));
            assertThat(page.getByText(Pattern.compile("The agent asks to")).first())
                    .isVisible();
            page.navigate("/welcome");
            assertThat(page.getByText("1 of 3 done")).isVisible();
            assertThat(page.getByText("You have started a task.")).isVisible();
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
