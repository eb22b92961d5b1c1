package dev.sesame.audit;

import org.jspecify.annotations.Nullable;

/// Who does something, and from where.
///
/// @param id a user's id, or `anonymous`, or `console` for who uses the command line on the server
/// @param keyId the `sk_` key that it is done with, if one
/// @param ip the client's address
public record Actor(String id, @Nullable String keyId, String ip) {

    /// Somebody who is not signed in.
    public static Actor anonymous(String ip) {
        return new Actor("anonymous", null, ip);
    }

    /// Who may run commands on the server's machine.
    public static Actor console() {
        return new Actor("console", null, "");
    }
}
