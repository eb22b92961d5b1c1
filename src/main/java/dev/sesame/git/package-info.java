/// Repositories and git, by the real `git` program.
///
/// [Repositories] resolves names, [GitStore] is the server's own git: a mirror per repository, the kept work of
/// every attempt, push and diff. [Workspace] has the commands that run *inside* a sandbox (clone, commit,
/// bundle). The rule of the package: no git that runs outside a sandbox ever reads a config, hook, attribute or
/// filter that an agent could have written. May use `sandbox`.
@NullMarked
package dev.sesame.git;

import org.jspecify.annotations.NullMarked;
