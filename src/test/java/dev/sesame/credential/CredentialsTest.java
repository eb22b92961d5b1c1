package dev.sesame.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.AgentDriver;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import dev.sesame.event.SecretRedactor;
import dev.sesame.setting.EncryptionKey;
import dev.sesame.setting.EncryptionKeys;
import dev.sesame.setting.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    private static final String CODEX = "{\"tokens\":{\"access_token\":\"%s\",\"refresh_token\":\"refresh-of-ada\"}}";

    @TempDir
    private Path directory;

    private TestDatabase database;
    private Vault vault;

    @BeforeEach
    void open() {
        database = TestDatabases.fresh(Kind.SQLITE, directory);
        vault = Vault.open(database.open(), EncryptionKeys.of(EncryptionKey.fresh()), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ServerCredentials server(Map<String, String> environment) {
        return new ServerCredentials(environment, new Settings(Map.of()));
    }

    private AgentDriver.Credentials of(String userId, Map<String, String> environment) {
        return new Credentials(vault, server(environment)).of(userId);
    }

    @Test
    void a_users_own_key_goes_before_the_servers_which_goes_to_those_without_one() {
        vault.put("ada", Provider.OPENAI.purpose(), "own-of-ada");
        Map<String, String> environment = Map.of("OPENAI_API_KEY", "of-the-server", "PATH", "/bin");

        assertThat(of("ada", environment).find("OPENAI_API_KEY")).contains("own-of-ada");
        assertThat(of("bob", environment).find("OPENAI_API_KEY")).contains("of-the-server");
        assertThat(of("bob", environment).find("GROQ_API_KEY")).isEmpty();
        assertThat(of("bob", environment).find("PATH")).isEmpty();
    }

    @Test
    void a_subscription_of_the_servers_does_not_beat_a_users_own_key() {
        Map<String, String> environment = Map.of("CLAUDE_CODE_OAUTH_TOKEN", "subscription-of-the-server");
        vault.put("ada", Provider.ANTHROPIC.purpose(), "key-of-ada");

        assertThat(of("ada", environment).find("CLAUDE_CODE_OAUTH_TOKEN")).isEmpty();
        assertThat(of("ada", environment).find("ANTHROPIC_API_KEY")).contains("key-of-ada");
        assertThat(of("bob", environment).find("CLAUDE_CODE_OAUTH_TOKEN")).contains("subscription-of-the-server");

        vault.put("ada", AgentCredential.CLAUDE_CODE.purpose(), "subscription-of-ada");
        assertThat(of("ada", environment).find("CLAUDE_CODE_OAUTH_TOKEN")).contains("subscription-of-ada");
    }

    @Test
    void login_files_are_found_by_their_content() {
        vault.put("ada", AgentCredential.CODEX.purpose(), CODEX);
        vault.put("ada", AgentCredential.AMP.purpose(), "amp-login-of-ada");
        vault.put("ada", Provider.AMP.purpose(), "amp-key-of-ada");

        assertThat(of("ada", Map.of()).find("CODEX_AUTH_JSON")).contains(CODEX);
        assertThat(of("ada", Map.of("GEMINI_OAUTH_CREDS", "{}")).find("GEMINI_OAUTH_CREDS"))
                .isEmpty();
        assertThat(of("ada", Map.of()).find("AMP_API_KEY")).contains("amp-login-of-ada");
    }

    @Test
    void the_redactor_gets_the_secret_values_of_a_login_file_and_no_harmless_ones() {
        vault.put(
                "ada",
                AgentCredential.OPENCODE.purpose(),
                "{\"anthropic\":{\"type\":\"oauth-login\",\"refresh\":\"refresh-0123\",\"access\":\"access-0123\","
                        + "\"expires_at\":\"2026-11-24T10:00:00Z\"}, \"groq\":{\"type\":\"api\",\"key\":\"gsk-01234567\"}}");
        vault.put("ada", "github", "{\"token\":\"ghp_0123456789\",\"login\":\"octocat-login\"}");
        var credentials = new Credentials(vault, server(Map.of("AI_API_KEY", "ai-key-of-the-server")));

        var redactor = new SecretRedactor(credentials.secrets("ada"));

        for (String secret :
                new String[] {"refresh-0123", "access-0123", "gsk-01234567", "ghp_0123456789", "ai-key-of-the-server"
                }) {
            assertThat(redactor.redact("x " + secret + " y")).isEqualTo("x [redacted] y");
        }
        String harmless = "oauth-login 2026-11-24T10:00:00Z octocat-login";
        assertThat(redactor.redact(harmless)).isEqualTo(harmless);
        assertThat(credentials.secrets("bob")).containsExactly("ai-key-of-the-server");
    }

    @Test
    void a_refreshed_login_is_taken_back_only_over_the_one_that_was_given() {
        var logins = new LoginFiles(vault);
        String given = CODEX.formatted("first");
        String fresh = CODEX.formatted("second");
        String tooLong = fresh + " ".repeat(70_000);
        String print = LoginFiles.fingerprint(given);
        vault.put("ada", AgentCredential.CODEX.purpose(), given);

        assertThat(logins.takeBack("ada", "CODEX_AUTH_JSON", print, given)).isEqualTo(KeptLogin.YES);
        for (String none : List.of("{\"tokens\":", "{}", "[]", tooLong)) {
            assertThat(logins.takeBack("ada", "CODEX_AUTH_JSON", print, none)).isEqualTo(KeptLogin.NO_LOGIN);
        }
        assertThat(logins.takeBack("bob", "CODEX_AUTH_JSON", print, fresh)).isEqualTo(KeptLogin.ANOTHER_IS);
        assertThat(vault.find("bob", AgentCredential.CODEX.purpose())).isEmpty();
        assertThat(logins.takeBack("ada", "CODEX_AUTH_JSON", print, fresh)).isEqualTo(KeptLogin.YES);
        assertThat(logins.takeBack("ada", "CODEX_AUTH_JSON", print, CODEX.formatted("third")))
                .isEqualTo(KeptLogin.ANOTHER_IS);
        assertThat(vault.find("ada", AgentCredential.CODEX.purpose())).contains(fresh);
    }

    @Test
    void a_renewal_is_known_by_what_it_was_made_of_until_the_user_enters_another() {
        var logins = new LoginFiles(vault);
        String given = CODEX.formatted("first");
        String fresh = CODEX.formatted("second");
        String print = LoginFiles.fingerprint(given);
        vault.put("ada", AgentCredential.CODEX.purpose(), given);
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", print)).isEmpty();

        logins.takeBack("ada", "CODEX_AUTH_JSON", print, fresh);
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", print)).contains(fresh);
        assertThat(logins.renewal("bob", "CODEX_AUTH_JSON", print)).isEmpty();
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", LoginFiles.fingerprint(fresh)))
                .isEmpty();

        String third = CODEX.formatted("third");
        logins.takeBack("ada", "CODEX_AUTH_JSON", LoginFiles.fingerprint(fresh), third);
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", print)).contains(third);
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", LoginFiles.fingerprint(fresh)))
                .contains(third);
        for (int i = 0; i < 20; i++) {
            String before = vault.find("ada", AgentCredential.CODEX.purpose()).orElseThrow();
            logins.takeBack("ada", "CODEX_AUTH_JSON", LoginFiles.fingerprint(before), CODEX.formatted("n" + i));
        }
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", print)).isEmpty();
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", LoginFiles.fingerprint(CODEX.formatted("n10"))))
                .contains(CODEX.formatted("n19"));

        vault.put("ada", AgentCredential.CODEX.purpose(), CODEX.formatted("of another account"));
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", LoginFiles.fingerprint(CODEX.formatted("n19"))))
                .isEmpty();
        assertThat(logins.renewal("ada", "CODEX_AUTH_JSON", LoginFiles.fingerprint(CODEX.formatted("n10"))))
                .isEmpty();
    }
}
