/// Claude Code, driven two-way over stream-json on its stdin and stdout.
///
/// [ClaudeDriver] says how it is started, [ClaudeConversation] what its lines mean. The format is the CLI's own, as
/// version 2.1.330 was seen to write it; what a later one adds becomes log events. Uses `agent`, `agent.wire` and
/// `event`.
@NullMarked
package dev.sesame.agent.claude;

import org.jspecify.annotations.NullMarked;
