/// `sesame doctor`: what the host has and lacks, what that means and what to do; `--fix` does it.
///
/// [Doctor] is the command, [Host] the examinations, [Installer] the host's way to install. Works without a
/// server, a database or a network. May use `sandbox` (to try the isolation for real), `agent` and `setting`.
@NullMarked
package dev.sesame.app.doctor;

import org.jspecify.annotations.NullMarked;
