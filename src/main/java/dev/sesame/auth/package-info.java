/// Who calls: users, login sessions, `sk_` keys, and what each may do.
///
/// [Caller] is the answer of every authentication; [Authenticator] finds it from a request. `/api/auth/*` speaks
/// better-auth's (1.4.18) paths, bodies and cookie names. May use `http`, `db`, `setting`.
@NullMarked
package dev.sesame.auth;

import org.jspecify.annotations.NullMarked;
