/// The agents: how each CLI is started and what its lines mean.
///
/// [AgentDriver] is one per agent, [Conversation] the pure fold of one attempt from lines and inputs to
/// [AgentOutput] values. A driver knows wire formats; it does no input or output of its own, keeps no clock and
/// starts no thread. `wire/` has what formats share; `demo/`, `claude/` … the drivers. May use `event` and
/// `sandbox`.
@NullMarked
package dev.sesame.agent;

import org.jspecify.annotations.NullMarked;
