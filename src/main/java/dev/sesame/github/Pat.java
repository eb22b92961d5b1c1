package dev.sesame.github;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user's personal access token, and whose it is at GitHub. Stored whole, encrypted.
///
/// @param host the web address of the GitHub that it was checked at; it is shown to no other
/// @param scopes empty for a fine-grained token
/// @param email as commits name it
record Pat(
        String token,
        String host,
        long id,
        String login,
        @Nullable String name,
        String email,
        List<String> scopes) {

    Identity identity() {
        return new Identity(name == null || name.isBlank() ? login : name, email);
    }

    /// Nobody shall log it by mistake.
    @Override
    public String toString() {
        return "Pat of " + login;
    }
}
