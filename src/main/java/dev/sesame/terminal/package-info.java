/// A task's terminal: what its agent's commands print, and shells for its owner in the agent's sandbox.
///
/// [Terminals] is the facade for whoever runs the task, [TerminalLog] what was shown, [Shell] an open shell on
/// its way there. The shell itself is a supervised command like the agent and outlives the server. May use event,
/// sandbox, auth, audit, http, setting, db.
@NullMarked
package dev.sesame.terminal;

import org.jspecify.annotations.NullMarked;
