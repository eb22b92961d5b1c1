package dev.sesame.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.http.Input;
import dev.sesame.http.Json;
import dev.sesame.http.Problem;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Checks of what somebody entered as a secret. Each answers 400 in a sentence that names the field, never its
/// value.
public final class CredentialText {
    /// A shorter one could not be told from innocent text where it must not be shown.
    private static final int SHORTEST = 8;

    private static final int LONGEST_TOKEN = 4096;
    static final int LONGEST_FILE = 65_536;

    private CredentialText() {}

    /// A key or token as it goes into a header or variable: visible ASCII without blanks.
    public static String token(String field, @Nullable String value) {
        String token = Input.required(field, value).strip();
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Problem.BAD_REQUEST.because(field + " holds characters that no key or token has");
        }
        return Input.text(field, token, SHORTEST, LONGEST_TOKEN);
    }

    /// What an agent signs in with, from the request's `credentials`.
    static String credential(AgentCredential kind, @Nullable JsonNode credentials) {
        JsonNode given = Input.required("credentials", credentials);
        if (!given.isObject() || given.size() != 1 || !given.has(kind.field())) {
            throw Problem.BAD_REQUEST.because(
                    "credentials of " + kind.agent() + " must be {\"" + kind.field() + "\": …} and nothing else");
        }
        JsonNode value = given.get(kind.field());
        String field = "credentials." + kind.field();
        if (kind.isFile()) {
            return file(kind, field, value);
        }
        if (!value.isTextual()) {
            throw Problem.BAD_REQUEST.because(field + " must be text");
        }
        return token(field, value.textValue());
    }

    /// A login file's content, given as text or as the JSON that it holds.
    static String file(AgentCredential kind, String field, JsonNode value) {
        String content = value.isTextual() ? value.textValue() : value.toString();
        Input.text(field, content, 2, LONGEST_FILE);
        if (!isLogin(kind, parsed(content))) {
            throw Problem.BAD_REQUEST.because(field + " must be what the agent's login file holds: " + expected(kind));
        }
        return content;
    }

    private static @Nullable JsonNode parsed(String content) {
        try {
            return Json.MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean isLogin(AgentCredential kind, @Nullable JsonNode login) {
        return login != null
                && login.isObject()
                && switch (kind) {
                    case CODEX ->
                        has(login, "OPENAI_API_KEY")
                                || has(login.path("tokens"), "access_token")
                                || has(login.path("tokens"), "refresh_token");
                    case GEMINI -> has(login, "access_token") || has(login, "refresh_token");
                    case OPENCODE ->
                        !login.isEmpty()
                                && StreamSupport.stream(login.spliterator(), false)
                                        .allMatch(entry -> has(entry, "type"));
                    case CLAUDE_CODE, COPILOT, AMP -> false;
                };
    }

    private static boolean has(JsonNode object, String member) {
        return !object.path(member).asText("").isEmpty();
    }

    private static String expected(AgentCredential kind) {
        return switch (kind) {
            case CODEX -> "a JSON object with tokens or OPENAI_API_KEY (~/.codex/auth.json)";
            case GEMINI -> "a JSON object with access_token or refresh_token (~/.gemini/oauth_creds.json)";
            case OPENCODE -> "a JSON object of providers, each with a type (~/.local/share/opencode/auth.json)";
            case CLAUDE_CODE, COPILOT, AMP -> kind.field();
        };
    }
}
