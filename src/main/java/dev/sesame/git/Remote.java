package dev.sesame.git;

import dev.sesame.git.GitException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A repository as git is to talk to it, with the user's token where there is one.
///
/// The token is in the environment of git alone. A credential helper, one line of shell in a `-c` option that
/// names the variable, hands it out; its key has the scheme, host and port, so git asks it for no other place,
/// whatever a server redirects to. A local repository gets no token.
record Remote(RepositoryRef repository, Optional<String> token) {
    private static final String USER = "x-access-token";
    private static final String VARIABLE = "SESAME_GIT_TOKEN";
    private static final String HELPER = "!f() { test \"$1\" = get || exit 0; " + "printf 'username=" + USER
            + "\\npassword=%s\\n' \"$" + VARIABLE + "\"; }; f";

    Remote {
        if (token.isPresent() && token.get().chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw new GitException(
                    Reason.CREDENTIAL_REJECTED, "The token for " + repository.name() + " has characters no token has");
        }
    }

    String url() {
        return repository.url();
    }

    String name() {
        return repository.name();
    }

    List<String> options() {
        return hasCredential() ? List.of("-c", "credential." + origin() + ".helper=" + HELPER) : List.of();
    }

    Map<String, String> environment() {
        String protocols = repository.local() ? "file" : "https:http";
        return hasCredential()
                ? Map.of("GIT_ALLOW_PROTOCOL", protocols, VARIABLE, token.orElseThrow())
                : Map.of("GIT_ALLOW_PROTOCOL", protocols);
    }

    /// The text without the token, raw or as HTTP sends it: a server may say it back to us.
    String withoutToken(String text) {
        if (token.isEmpty() || token.get().isEmpty()) {
            return text;
        }
        byte[] basic = (USER + ":" + token.get()).getBytes(StandardCharsets.UTF_8);
        return text.replace(token.get(), "[redacted]")
                .replace(Base64.getEncoder().encodeToString(basic), "[redacted]");
    }

    private boolean hasCredential() {
        return token.isPresent() && !repository.local();
    }

    private String origin() {
        URI uri = URI.create(repository.url());
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
