/// The built-in demo agent: a real process that needs no key, for the first look, tests and benchmarks.
///
/// [DemoDriver] starts it with the server's own JDK and code; `process/` is what runs in the sandbox, and its notes
/// define the line protocol. May use `agent`, `event` and `sandbox`.
@NullMarked
package dev.sesame.agent.demo;

import org.jspecify.annotations.NullMarked;
