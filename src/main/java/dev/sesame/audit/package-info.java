/// Who did what: sign-ins, changes of users, roles, settings, keys and credentials, tasks made and ended, permissions
/// decided.
///
/// [AuditLog] is the entry point: whoever changes something calls `add` in the transaction of the change, with the
/// [Actor] of the request. Entries form a chain that shows any later change. Plain Java; may use `db`.
@NullMarked
package dev.sesame.audit;

import org.jspecify.annotations.NullMarked;
