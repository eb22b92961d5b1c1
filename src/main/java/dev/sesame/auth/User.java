package dev.sesame.auth;

import java.time.Instant;

/// A person with an account.
public record User(
        String id,
        String name,
        String email,
        boolean emailVerified,
        boolean admin,
        Instant createdAt,
        Instant updatedAt) {

    /// In the API and the database.
    public String role() {
        return admin ? "admin" : "user";
    }
}
