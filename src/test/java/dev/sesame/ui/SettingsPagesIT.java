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

@Tag("browser")
class SettingsPagesIT {
    private static final SesameServer SERVER = SesameServer.shared();
    private static Chromium chromium;

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void aKeyIsShownOnceWorksAndCanBeSwitchedOffAndDeleted() {
        HttpUser user = SERVER.user();
        Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/settings/api-keys");
        page.getByText("No API keys").waitFor();
        Looks.good(page, "settings-api-keys-empty");

        page.getByRole(AriaRole.BUTTON, named("New key")).click();
        page.getByLabel("Name").fill("CI of the website");
        page.getByLabel("Expires").selectOption("in 7 days");
        page.getByLabel("See which credentials are set").check();
        Looks.good(page, "settings-api-keys-new");
        page.keyboard().press("Enter");
        Locator shown = page.getByLabel("API key", new Page.GetByLabelOptions().setExact(true));
        String key = shown.textContent();
        assertThat(key).startsWith("sk_");
        Looks.good(page, "settings-api-keys-made");
        HttpUser program = SERVER.withKey(key);
        assertThat(program.get("/api/api-keys").status()).isEqualTo(200);

        page.getByRole(AriaRole.BUTTON, named("Done")).click();
        assertThat(page.getByText(key)).hasCount(0);
        assertThat(page.getByText("Tasks · Repositories · Settings · Credentials (read)"))
                .isVisible();
        Looks.good(page, "settings-api-keys");

        page.getByRole(AriaRole.BUTTON, named("Disable: CI of the website")).click();
        assertThat(page.getByText("Disabled", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(program.get("/api/tasks").status()).isEqualTo(401);
        page.getByRole(AriaRole.BUTTON, named("Delete CI of the website")).click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Delete")).click();
        assertThat(page.getByText("No API keys")).isVisible();
        assertThat(user.get("/api/auth/api-key/list").body()).isEqualTo("[]");
        assertThat(page.evaluate("JSON.stringify([localStorage, sessionStorage, location.href])")
                        .toString())
                .doesNotContain("sk_");
    }

    @Test
    void oneChangesOnesOwnName() {
        HttpUser user = SERVER.user();
        Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/settings/profile");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Ida Inventor");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Name saved")).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Account: Ida Inventor")))
                .isVisible();
        assertThat(user.get("/api/auth/get-session").json().at("/user/name").asText())
                .isEqualTo("Ida Inventor");
    }

    @Test
    void aWrongPasswordIsSaidAtItsFieldAndTheRightOneChangesIt() {
        HttpUser user = SERVER.user();
        String email =
                user.get("/api/auth/get-session").json().at("/user/email").asText();
        Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/settings/profile");
        page.getByLabel("Current password").fill("not it at all");
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                .fill("a better password");
        page.getByLabel("New password again").fill("a better password");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("That is not your current password");
        Looks.good(page, "settings-profile");

        page.getByLabel("Current password").fill("correct horse");
        page.getByRole(AriaRole.BUTTON, named("Change password")).click();
        assertThat(page.getByText("Password changed")).isVisible();
        Map<String, String> body = Map.of("email", email, "password", "a better password");
        assertThat(SERVER.anonymous().post("/api/auth/sign-in/email", body).status())
                .isEqualTo(200);
    }

    @Test
    void anotherSessionIsSeenAndEnded() {
        HttpUser user = SERVER.user();
        String email =
                user.get("/api/auth/get-session").json().at("/user/email").asText();
        HttpUser phone = SERVER.browser(SERVER.anonymous()
                .with("User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1")
                .post("/api/auth/sign-in/email", Map.of("email", email, "password", "correct horse")));
        Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/settings/sessions");
        page.getByText("Safari on iPhone").waitFor();
        Looks.good(page, "settings-sessions");
        page.getByRole(AriaRole.BUTTON, named("Sign out: Safari on iPhone")).click();
        assertThat(page.getByText("You are signed in nowhere else.")).isVisible();
        assertThat(phone.get("/api/auth/get-session").body()).isEqualTo("null");
    }

    @Test
    void credentialsAreStoredReplacedAndRemovedAndNeverComeBack() {
        HttpUser user = SERVER.user();
        Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/settings/agents");
        page.getByRole(AriaRole.BUTTON, named("Set up: Codex")).click();
        page.getByLabel("Content of auth.json").fill("{}");
        Looks.good(page, "settings-agents-codex");
        page.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Content of auth.json must be what");
        page.getByLabel("Content of auth.json").fill("{\"tokens\":{\"access_token\":\"t0p-secret-token\"}}");
        page.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Replace: Codex"))).isVisible();
        Looks.good(page, "settings-agents");

        page.navigate("/settings/provider-keys");
        page.getByRole(AriaRole.BUTTON, named("Add key: Anthropic")).click();
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("sk-ant-top-secret");
        page.keyboard().press("Enter");
        page.getByRole(AriaRole.BUTTON, named("Remove: Anthropic")).waitFor();
        Looks.good(page, "settings-provider-keys");
        page.getByRole(AriaRole.BUTTON, named("Remove: Anthropic")).click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Remove")).click();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Add key: Anthropic"))).isVisible();
        assertThat(page.content()).doesNotContain("secret-token", "sk-ant");
    }

    @Test
    void serversOfToolsAreAddedChosenForATaskAndDeleted() {
        HttpUser user = SERVER.user();
        Page page = chromium.page(user, Chromium.WIDE, ColorScheme.LIGHT);
        page.navigate("/settings/mcp-servers");
        page.getByText("No MCP servers").waitFor();
        page.getByRole(AriaRole.BUTTON, named("New server")).click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("my docs");
        page.getByLabel("Command", new Page.GetByLabelOptions().setExact(true)).fill("npx");
        page.getByLabel("Arguments").fill("-y\n@example/docs");
        page.getByLabel("Variables").fill("DOCS_TOKEN=t0p-secret-token");
        Looks.good(page, "settings-mcp-servers-new");
        page.getByRole(AriaRole.BUTTON, named("Add server")).click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("must be letters and digits");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("docs");
        page.getByRole(AriaRole.BUTTON, named("Add server")).click();
        assertThat(page.getByText("Variables: DOCS_TOKEN")).isVisible();

        page.getByRole(AriaRole.BUTTON, named("New server")).click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("issues");
        page.getByLabel("Reached by").selectOption("http");
        page.getByLabel("Address").fill("https://mcp.example.com/mcp");
        page.getByLabel("Headers").fill("Authorization: Bearer t0p-secret-token");
        page.getByLabel("Use it in new tasks").uncheck();
        page.getByRole(AriaRole.BUTTON, named("Add server")).click();
        assertThat(page.getByText("On request")).isVisible();
        Looks.good(page, "settings-mcp-servers");
        assertThat(page.content()).doesNotContain("secret-token");

        page.navigate("/new");
        assertThat(page.getByLabel("docs", new Page.GetByLabelOptions().setExact(true)))
                .isChecked();
        assertThat(page.getByLabel("issues", new Page.GetByLabelOptions().setExact(true)))
                .not()
                .isChecked();
        Looks.good(page, "new-with-mcp-servers");
        page.setViewportSize(Chromium.PHONE, 844);
        Looks.good(page, "new-with-mcp-servers");
        page.navigate("/settings/mcp-servers");
        page.getByText("On request").waitFor();
        Looks.good(page, "settings-mcp-servers");

        page.getByRole(AriaRole.BUTTON, named("Delete issues")).click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, in("Delete")).click();
        assertThat(page.getByText("On request")).hasCount(0);
    }

    @Test
    void everyPageFitsAPhone() {
        HttpUser user = SERVER.user();
        SERVER.keyOf(user);
        Page page = chromium.page(user, Chromium.PHONE, ColorScheme.LIGHT);
        for (String name :
                List.of("profile", "agents", "provider-keys", "mcp-servers", "api-keys", "sessions", "appearance")) {
            page.navigate("/settings/" + name);
            page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))
                    .waitFor();
            assertThat(page.getByText("Loading")).hasCount(0);
            Looks.good(page, "settings-" + name);
        }
        page.navigate("/settings/api-keys");
        page.getByRole(AriaRole.BUTTON, named("New key")).click();
        Looks.good(page, "settings-api-keys-new");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByRoleOptions in(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
