/// Sandboxes on this host: [LocalSandboxes], graded from bubblewrap down to a plain child process.
///
/// A grade ([Grade]) only says with which words a command is launched; everything else, supervised stdio, survival,
/// deadline and kill, is the same for all: the script `supervisor.sh` on the one side, [LocalSandbox] on the other,
/// and between them a control directory ([Spool]). Needs Linux, a POSIX shell, GNU coreutils and util-linux.
@NullMarked
package dev.sesame.sandbox.local;

import org.jspecify.annotations.NullMarked;
