package dev.sesame.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sesame.auth.Caller;
import dev.sesame.credential.OwnSecrets;
import dev.sesame.credential.ServerCredentials;
import dev.sesame.credential.Vault;
import dev.sesame.http.Json;
import dev.sesame.http.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The users' personal access tokens; where a user has none, the server's `GITHUB_TOKEN` is used. Safe from any thread;
/// blocks.
public final class Pats {
    private static final String PURPOSE = "github";

    private final Vault vault;
    private final OwnSecrets secrets;
    private final ServerCredentials server;
    private final GitHub github;

    public Pats(Vault vault, OwnSecrets secrets, ServerCredentials server, GitHub github) {
        this.vault = vault;
        this.secrets = secrets;
        this.server = server;
        this.github = github;
    }

    /// The token for the git host and its API.
    public Optional<String> token(String userId) {
        return find(userId).map(Pat::token).or(server::repositoryToken);
    }

    /// As [#token]; throws 422 with where to set one.
    String requireToken(String userId) {
        return token(userId)
                .orElseThrow(() -> Problem.UNPROCESSABLE_ENTITY.because("No token for "
                        + github.host().web()
                        + ": set one under Settings › GitHub, or GITHUB_TOKEN in the server's environment"));
    }

    /// Who the user is at GitHub, if the user gave a token.
    public Optional<Identity> identity(String userId) {
        return find(userId).map(Pat::identity);
    }

    Optional<Pat> find(String userId) {
        return vault.find(userId, PURPOSE)
                .map(Pats::parse)
                .filter(pat -> pat.host().equals(github.host().web()));
    }

    /// Asks GitHub whose token it is, and stores it. Throws 422 if GitHub does not accept it.
    Pat set(Caller owner, String token) {
        GitHub.Answer user;
        try {
            user = github.get(token, "/user");
        } catch (GitHubException e) {
            throw e.problem();
        }
        String login = text(user.body(), "login");
        if (login == null) {
            throw Problem.BAD_GATEWAY.because("GitHub did not say whose token it is; is github.apiUrl right?");
        }
        long id = user.body().path("id").asLong();
        String email = text(user.body(), "email");
        Pat pat = new Pat(
                token,
                github.host().web(),
                id,
                login,
                clean(text(user.body(), "name")),
                email == null ? github.host().noReply(id, login) : email,
                user.scopes());
        secrets.set(owner, PURPOSE, Json.MAPPER.valueToTree(pat).toString());
        return pat;
    }

    void remove(Caller owner) {
        secrets.remove(owner, PURPOSE);
    }

    private static Pat parse(String stored) {
        try {
            return Json.MAPPER.readValue(stored, Pat.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored token for GitHub can't be read");
        }
    }

    private static @Nullable String clean(@Nullable String name) {
        return name == null ? null : name.replaceAll("\\p{Cntrl}", " ");
    }

    private static @Nullable String text(JsonNode object, String member) {
        String text = object.path(member).asText("");
        return text.isBlank() || text.equals("null") ? null : text;
    }
}
