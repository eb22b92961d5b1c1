package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.HttpUser;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may call what: every operation, every kind of caller, the streams included.
class AuthorizationMatrixIT {

    /// The call; who may make it; `own` if its thing belongs to one user; what those who may are answered; the
    /// body.
    private static final List<Row> ROWS = Row.table("""
            GET /api/tasks                                                 | tasks:read        |     | 200 |
            POST /api/tasks                                                | tasks:write       |     | 201 | {"prompt":"p","repository":"app","agent":"demo"}
            GET /api/tasks/{taskId}                                        | tasks:read        | own | 200 |
            DELETE /api/tasks/{taskId}                                     | tasks:write       | own | 409 |
            POST /api/tasks/{taskId}/cancel                                | tasks:write       | own | 200 |
            POST /api/tasks/{taskId}/retry                                 | tasks:write       | own | 409 |
            POST /api/tasks/{taskId}/messages                              | tasks:write       | own | 201 | {"prompt":"p"}
            GET /api/tasks/{taskId}/messages/queued                        | tasks:read        | own | 200 |
            DELETE /api/tasks/{taskId}/messages/queued/{messageId}         | tasks:write       | own | 204 |
            POST /api/tasks/{taskId}/permissions/{requestId}               | tasks:write       | own | 404 | {"decision":"allow"}
            GET /api/tasks/{taskId}/diff                                   | tasks:read        | own | 200 |
            GET /api/tasks/{taskId}/events                                 | tasks:read        | own | 200 |
            GET /api/tasks/{taskId}/stream                                 | tasks:read        | own | 200 |
            GET /api/tasks/{taskId}/terminal/stream                        | tasks:read        | own | 200 |
            POST /api/tasks/{taskId}/terminal/input                        | terminal:write    | own | 409 | {"data":"id\\r"}
            POST /api/tasks/{taskId}/terminal/resize                       | terminal:write    | own | 409 | {"rows":24,"cols":80}
            GET /api/events                                                | tasks:read        |     | 200 |
            GET /api/api-keys                                              | credentials:read  |     | 200 |
            POST /api/api-keys                                             | credentials:write |     | 200 | {"provider":"anthropic","key":"sk-ant-0123456789"}
            DELETE /api/api-keys/{provider}                                | credentials:write |     | 204 |
            GET /api/agent-credentials                                     | credentials:read  |     | 200 |
            POST /api/agent-credentials                                    | credentials:write |     | 200 | {"agent":"claude-code","credentials":{"oauthToken":"sk-ant-0123456789"}}
            DELETE /api/agent-credentials/{agent}                          | credentials:write |     | 204 |
            GET /api/mcp-servers                                           | credentials:read  |     | 200 |
            POST /api/mcp-servers                                          | credentials:write |     | 201 | {"name":"{unique}","url":"https://example.com/mcp"}
            DELETE /api/mcp-servers/{name}                                 | credentials:write |     | 204 |
            GET /api/github/pat                                            | credentials:read  |     | 200 |
            POST /api/github/pat                                           | credentials:write |     | 502 | {"token":"ghp_0123456789"}
            DELETE /api/github/pat                                         | credentials:write |     | 204 |
            GET /api/repos                                                 | repos:read        |     | 200 |
            GET /api/repos/{owner}/{repo}/branches                         | repos:read        |     | 422 |
            GET /api/repos/{name}/branches                                 | repos:read        |     | 200 |
            GET /api/settings                                              | settings:read     |     | 200 |
            PATCH /api/settings                                            | admin:write       |     | 200 | {"gravatar.enabled":true}
            GET /api/settings/schema                                       | settings:read     |     | 200 |
            GET /api/admin/users                                           | admin:read        |     | 200 |
            PATCH /api/admin/users/{userId}                                | admin:write       |     | 200 | {"role":"user"}
            DELETE /api/admin/users/{userId}                               | admin:write       |     | 204 |
            GET /api/admin/tasks                                           | admin:read        |     | 200 |
            POST /api/admin/tasks/{taskId}/cancel                          | admin:write       |     | 200 |
            GET /api/admin/audit                                           | admin:read        |     | 200 |
            GET /api/admin/system                                          | admin:read        |     | 200 |
            POST /api/auth/sign-up/email                                   | anyone            |     | 422 | {"name":"A","email":"ada@example.com","password":"correct horse"}
            POST /api/auth/sign-in/email                                   | anyone            |     | 200 | {"email":"ada@example.com","password":"correct horse"}
            POST /api/auth/sign-out                                        | anyone-but-keys   |     | 200 |
            GET /api/auth/get-session                                      | anyone-or-key     |     | 200 |
            GET /api/auth/list-sessions                                    | browser           |     | 200 |
            POST /api/auth/revoke-session                                  | browser           |     | 200 | {"token":"session_x"}
            POST /api/auth/revoke-sessions                                 | browser           |     | 200 |
            POST /api/auth/revoke-other-sessions                           | browser           |     | 200 |
            POST /api/auth/change-password                                 | browser           |     | 200 | {"currentPassword":"correct horse","newPassword":"battery staple"}
            POST /api/auth/api-key/create                                  | browser           |     | 200 | {}
            GET /api/auth/api-key/list                                     | browser           |     | 200 |
            GET /api/auth/api-key/get?id={keyId}                           | browser           | own | 200 |
            POST /api/auth/api-key/update                                  | browser           | own | 200 | {"keyId":"{keyId}","enabled":false}
            POST /api/auth/api-key/delete                                  | browser           | own | 200 | {"keyId":"{keyId}"}
            POST /api/auth/update-user                                     | browser           |     | 200 | {"name":"A"}
            POST /api/auth/request-password-reset                          | anyone            |     | 400 | {"email":"nobody@example.com"}
            GET /api/auth/reset-password/{token}?callbackURL=/welcome      | anyone            |     | 302 |
            POST /api/auth/reset-password                                  | anyone            |     | 400 | {"newPassword":"battery staple","token":"x"}
            POST /api/auth/send-verification-email                         | anyone            |     | 400 | {"email":"nobody@example.com"}
            GET /api/auth/verify-email?token=x                             | anyone            |     | 400 |
            POST /api/auth/sign-in/oauth2                                  | anyone            |     | 400 | {"providerId":"nobody"}
            GET /api/auth/oauth2/callback/{providerId}?state=x&code=x      | anyone            |     | 302 |
            GET /api/health                                                | anyone            |     | 200 |
            GET /api/setup/status                                          | anyone            |     | 200 |
            GET /api/openapi.json                                          | anyone            |     | 200 |
            GET /api/docs                                                  | anyone            |     | 200 |
            GET /api/docs/{file}                                           | anyone            |     | 200 |
            """);

    private static Callers callers;

    @BeforeAll
    static void start() {
        callers = new Callers();
    }

    @AfterAll
    static void stop() {
        callers.close();
    }

    private static List<Row> rows() {
        return ROWS;
    }

    @Test
    void everyOperationHasARowThatSaysWhatTheDocumentSays() {
        assertThat(ROWS.stream().map(row -> row.operation() + " | " + row.access()))
                .containsExactlyInAnyOrderElementsOf(Operation.all().stream()
                        .map(operation -> operation + " | " + operation.access())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyCallerGetsWhatIsTheirs(Row row) {
        SoftAssertions answers = new SoftAssertions();
        Arrays.stream(Callers.Kind.values()).forEach(kind -> {
            int expected = row.expected(kind);
            boolean allowed = expected == row.status();
            HttpUser user = callers.user(kind, row);
            Callers.Answered answer = callers.call(user, row, allowed);
            answers.assertThat(answer.status())
                    .as("%s as %s: %s", row.call(), kind, answer.text())
                    .isEqualTo(expected);
            if (!allowed) {
                answers.assertThat(answer.text())
                        .as("%s as %s", row.call(), kind)
                        .doesNotContain("SECRET-PROMPT", "owner@example.com");
            }
        });
        answers.assertAll();
        callers.assertUntouched();
    }

    @Test
    void nobodyFindsTheThingsOfOthersInAList() {
        HttpUser other = callers.user(Callers.Kind.OTHER, ROWS.getFirst());
        for (String list : List.of("/api/tasks", "/api/auth/api-key/list", "/api/auth/list-sessions")) {
            assertThat(other.get(list).body()).doesNotContain(callers.sharedTask(), callers.ownerId());
        }
    }

    @Test
    void theKeyOfAnAdminWhoIsNoneAnyMoreCannotDoWhatAdminsDo() {
        HttpUser key = callers.keyOfDemotedAdmin();
        assertThat(key.get("/api/admin/users").status()).isEqualTo(403);
        assertThat(key.get("/api/tasks").status()).isEqualTo(200);
    }
}
