/// The demo agent's own process: a program that behaves like a coding agent and needs no key, model or network.
///
/// [DemoAgent] is its main class; [Script] says whether a prompt is a script. It must start fast and stay small, so it
/// uses `java.base` alone and nothing of ours, and avoids lambdas and string concatenation where the start would pay.
///
/// **What it reads**, one line each, arguments after a space, free text as base64 of UTF-8:
///
/// | line | means |
/// |---|---|
/// | `history TEXT` | an earlier message, given as context when there is no session to resume |
/// | `prompt TEXT` | do this; prompts wait for each other |
/// | `answer ID allow\|allow_always\|deny [TEXT]` | the decision on a request of its, with a word of why |
/// | `interrupt` | stop the turn |
///
/// The end of its input means: finish what was asked, then exit with 0.
///
/// **What it writes**, one JSON object per line, told apart by `type`:
///
/// | type | fields |
/// |---|---|
/// | `session` | `id`, `earlier` (prompts before this process), `lost` (the session that could not be resumed) |
/// | `text`, `thinking` | `id`, `delta`, `end` (true on the last of this id) |
/// | `tool` | `id`, `name`, `state` (`pending` or `running`), `description`, `input` |
/// | `result` | `id`, `output`, `error`, `exitCode` (of commands), `truncated` |
/// | `ask` | `id`, `tool` (the call that waits for the answer), `title` |
/// | `usage` | `input`, `output`: tokens so far, by its own rough count |
/// | `log` | `message` |
/// | `turn` | `result` (`done`, `interrupted` or `failed`), and for the latter `code` and `message` |
@NullMarked
package dev.sesame.agent.demo.process;

import org.jspecify.annotations.NullMarked;
