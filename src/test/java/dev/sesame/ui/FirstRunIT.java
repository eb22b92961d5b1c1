package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.SesameServer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// From the first start to a pushed branch, without reading anything.
class FirstRunIT {

    @Test
    void theFirstAccountThenTheDemoAgentAndAPushedChange() {
        try (SesameServer server = SesameServer.start();
                Chromium chromium = new Chromium()) {
            server.repository("app");
            Page page = chromium.page(server.anonymous(), Chromium.WIDE, ColorScheme.LIGHT);
            page.navigate("/");
            page.waitForURL("**/setup");
            Assertions.assertThat(Looks.barriers(page, "setup")).isEmpty();
            Looks.picture(page, "setup-light-1280");
            page.getByLabel("Name").fill("Ada Admin");
            page.getByLabel("E-mail").fill("ada@example.com");
            page.getByLabel("Password").fill("correct horse");
            TaskPages.button(page, "Create admin account").click();

            page.waitForURL("**/welcome");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Go to your tasks"))
                    .click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Try the demo agent"))
                    .click();
            page.getByLabel("Repository").fill("app");
            page.keyboard().press("Escape");
            TaskPages.button(page, "Start task").click();
            assertThat(page.getByText("The agent asks to use Bash")).isVisible();
            page.keyboard().press("a");
            TaskPages.awaitStanding(page, "Completed");
            TaskPages.tab(page, "Changes").click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("SESAME.md")))
                    .isVisible();

            TaskPages.button(page, "Account: Ada Admin").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            page.waitForURL("**/login");
            page.getByLabel("E-mail").fill("ada@example.com");
            page.getByLabel("Password").fill("wrong horse");
            TaskPages.button(page, "Sign in").click();
            assertThat(page.getByRole(AriaRole.ALERT)).hasText("Invalid email or password");
            page.getByLabel("Password").fill("correct horse");
            TaskPages.button(page, "Sign in").click();
            assertThat(page.getByRole(
                            AriaRole.LINK, new Page.GetByRoleOptions().setName("Show me around with the demo agent")))
                    .isVisible();
            chromium.assertNoComplaints();
        }
    }
}
