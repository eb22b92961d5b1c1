/// Agents that speak the Agent Client Protocol (version 1): JSON-RPC lines on stdin and stdout.
///
/// [AcpDriver] and [AcpConversation] are for all of them; what one agent has of its own is its [AcpProfile]: [Gemini],
/// [OpenCode], [Copilot]. The agents use their own tools inside the sandbox, so that no capability of a client is
/// offered to them. What a later version adds becomes log events. Uses `agent`, `agent.wire` and `event`.
@NullMarked
package dev.sesame.agent.acp;

import org.jspecify.annotations.NullMarked;
