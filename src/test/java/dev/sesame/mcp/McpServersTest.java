package dev.sesame.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.agent.McpServer;
import dev.sesame.audit.AuditLog;
import dev.sesame.auth.Caller;
import dev.sesame.credential.Vault;
import dev.sesame.db.Database;
import dev.sesame.db.TestDatabase;
import dev.sesame.db.TestDatabases;
import dev.sesame.db.TestDatabases.Kind;
import dev.sesame.db.TestUsers;
import dev.sesame.http.Json;
import dev.sesame.setting.EncryptionKey;
import dev.sesame.setting.EncryptionKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpServersTest {
    private static final Caller ADA = new Caller.Session("ada", false, "s", "127.0.0.1");

    @Test
    void aServerComesBackWholeForItsAgentAndWithoutSecretsForItsOwner(@TempDir Path directory) throws Exception {
        try (TestDatabase test = TestDatabases.fresh(Kind.SQLITE, directory)) {
            Database database = test.open();
            Vault vault = Vault.open(database, EncryptionKeys.of(EncryptionKey.fresh()), Clock.systemUTC());
            addAda(database);
            var servers = new McpServers(
                    database, vault, new AuditLog(database, new byte[32], Clock.systemUTC()), Clock.systemUTC());
            var stdio = new McpServer.Stdio("files", "npx", List.of("-y", "a b"), Map.of("TOKEN", "the-secret"));
            var http = new McpServer.Http("docs", "https://a.example/mcp?x=1", Map.of("Authorization", "the-secret"));

            servers.add(ADA, stdio, true);
            servers.add(ADA, http, false);

            assertThat(servers.find("ada", "files")).contains(stdio);
            assertThat(servers.find("ada", "docs")).contains(http);
            assertThat(servers.find("bob", "docs")).isEmpty();
            String shown = Json.MAPPER.writeValueAsString(
                    servers.list("ada").stream().map(McpServerView::of).toList());
            assertThat(shown)
                    .contains("\"TOKEN\":\"********\"", "\"Authorization\":\"********\"", "\"args\":[\"-y\",\"a b\"]")
                    .doesNotContain("the-secret", "null");
            assertThat(servers.chosen("ada", null)).containsExactly("files");
            servers.remove(ADA, "files");
            assertThat(servers.find("ada", "files")).isEmpty();
            assertThat(vault.list("ada")).hasSize(1);
        }
    }

    private static void addAda(Database database) {
        database.write(tx -> TestUsers.add(tx, "ada"));
    }
}
