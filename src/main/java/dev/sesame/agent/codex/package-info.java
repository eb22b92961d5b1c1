/// Codex, driven over its `app-server`: JSON-RPC lines on stdin and stdout.
///
/// [CodexDriver] says how it is started, [CodexConversation] what its lines mean. The format is the CLI's own, as
/// version 0.169.0 was seen to write it; what a later one adds becomes log events. Uses `agent`, `agent.wire` and
/// `event`.
@NullMarked
package dev.sesame.agent.codex;

import org.jspecify.annotations.NullMarked;
