/// Claude Code, driven two-way over stream-json on its stdin and stdout.
///
/// Amp writes the same format, as documented; in what it differs is in [Dialect].
///
/// [ClaudeDriver] and [AmpDriver] say how they are started, [ClaudeConversation] what its lines mean. The format is
/// the CLI's own, as version 2.1.330 was seen to write it; what a later one adds becomes log events. Uses `agent`,
/// `agent.wire` and
/// `event`.
@NullMarked
package dev.sesame.agent.claude;

import org.jspecify.annotations.NullMarked;
