/// The demo agent's own process: a program that behaves like a coding agent and needs no key, model or network.
///
/// [DemoAgent] is its main class and documents its line protocol; [Script] says whether a prompt is a script. It must
/// start fast and stay small, so it uses `java.base` alone and nothing of ours, and avoids lambdas and string
/// concatenation where the start would pay.
@NullMarked
package dev.sesame.agent.demo.process;

import org.jspecify.annotations.NullMarked;
