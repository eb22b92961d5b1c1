/// One suite for all agents: each real CLI, in the sandbox, under a server, against the scripted model. `Acts` are what
/// is done with an agent, one task each; `Probe`s are what must be true of them, and the rows of the table in
/// `docs/agents.md`; `Candidate` is an agent, with what it can't do and why.
@NullMarked
package dev.sesame.conformance;

import org.jspecify.annotations.NullMarked;
