package dev.sesame.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sesame.HttpUser;
import dev.sesame.SesameServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// One server for all: its settings are changed here, and a key of them is locked.
@Tag("browser")
class AdminPagesIT {
    private static SesameServer server;
    private static HttpUser admin;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        server = SesameServer.start(Map.of("ALLOW_USER_REGISTRATION", "true", "SMTP_HOST", "mail.example.com"));
        admin = server.admin();
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
        server.close();
    }

    @Test
    void aLockedSettingSaysWhatLocksItAndAWrongOneWhatIsExpected() {
        Page page = chromium.page(admin, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/admin/registration");
        assertThat(page.getByLabel("Mail server")).isDisabled();
        assertThat(page.getByText("SMTP_HOST is set in the server’s environment"))
                .isVisible();
        page.getByLabel("Port", exact()).fill("99999");
        page.getByLabel("Sender").fill("sesame@example.com");
        page.getByLabel("Password", exact()).fill("m4il-secret");
        assertThat(page.getByText("3 unsaved changes")).isVisible();
        page.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Expected a whole number from 1 to 65535");
        assertThat(settings()).doesNotContain("sesame@example.com");
        Looks.good(page, "admin-registration");

        page.getByLabel("Port", exact()).fill("2525");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Settings saved")).isVisible();
        assertThat(settings()).contains("\"smtp.port\":2525", "sesame@example.com");
        page.getByRole(AriaRole.BUTTON, named("Port: back to default")).click();
        page.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(page.getByLabel("Port", exact())).hasValue("587");
        page.getByLabel("Password", exact()).waitFor();
        assertThat(page.content()).doesNotContain("m4il-secret");
    }

    @Test
    void aUserIsMadeAnAdminAndDeletedAndTheAuditLogTells() {
        server.signUp("Grace Guest", "grace@example.com");
        Page page = chromium.page(admin, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/admin/users");
        page.getByLabel("Role of Grace Guest").selectOption("Admin");
        assertThat(page.getByText("Grace Guest is now Admin")).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Delete Ada Admin"))).isDisabled();
        Looks.good(page, "admin-users");
        page.getByRole(AriaRole.BUTTON, named("Delete Grace Guest")).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, in("Delete user"))
                .click();
        assertThat(page.getByText("Grace Guest is deleted")).isVisible();
        assertThat(page.getByText("grace@example.com")).hasCount(0);

        page.navigate("/admin/audit");
        page.getByLabel("Action").selectOption("Changed a role");
        assertThat(page.getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText("Ada Admin")))
                .hasCount(1);
        assertThat(page).hasURL(server.base() + "/admin/audit?action=user.role");
        page.getByRole(AriaRole.BUTTON, named("Clear filters")).click();
        page.getByText("Deleted an account").last().waitFor();
        Looks.good(page, "admin-audit");
    }

    @Test
    void allTasksAreSeenAndOneIsCancelled() {
        HttpUser user = server.signUp("Tom Tasker", "tom@example.com");
        server.repository("team/site");
        Map<String, Object> task = Map.of("agent", "demo", "repository", "team/site", "prompt", "demo: sleep 60000");
        String id = user.post("/api/tasks", task).text("id");
        Page page = chromium.page(admin, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/admin/tasks");
        page.getByRole(AriaRole.BUTTON, named("Cancel: demo: sleep 60000")).waitFor();
        Looks.good(page, "admin-tasks");
        page.getByRole(AriaRole.BUTTON, named("Cancel: demo: sleep 60000")).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, in("Cancel"))
                .last()
                .click();
        assertThat(page.getByText("Task cancelled")).isVisible();
        assertThat(user.get("/api/tasks/" + id).text("status")).isEqualTo("failed");
    }

    @Test
    void everyPageStandsInBothThemesWideAndOnAPhone() {
        Page wide = chromium.page(admin, Chromium.WIDE, ColorScheme.LIGHT);
        for (String name : List.of("system", "single-sign-on", "sandbox", "settings")) {
            visit(wide, name);
        }
        Page phone = chromium.page(admin, Chromium.PHONE, ColorScheme.LIGHT);
        for (String name :
                List.of("users", "tasks", "audit", "system", "registration", "single-sign-on", "sandbox", "settings")) {
            visit(phone, name);
        }
    }

    @Test
    void nobodyElseGetsThere() {
        Page page = chromium.page(server.signUp("Una User", "una@example.com"), Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/admin/users");
        assertThat(page).hasURL(server.base() + "/");
    }

    private static void visit(Page page, String name) {
        page.navigate("/admin/" + name);
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))
                .waitFor();
        assertThat(page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("Loading")))
                .hasCount(0);
        Looks.good(page, "admin-" + name);
    }

    private static String settings() {
        return admin.get("/api/settings").body();
    }

    private static Page.GetByLabelOptions exact() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByRoleOptions in(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
