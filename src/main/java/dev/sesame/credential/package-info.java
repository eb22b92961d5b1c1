/// Secrets that the server was given: provider keys, agents' credentials, tokens for git hosts.
///
/// [Vault] keeps them encrypted, [KeyRotation] changes the key. [ServerCredentials] are those of the server's own
/// environment, for all users. Nothing here is ever logged, and all of it is known to the redactor. May use `agent`
/// (for the names that drivers ask for), `auth`, `http`, `setting`, `db`.
@NullMarked
package dev.sesame.credential;

import org.jspecify.annotations.NullMarked;
