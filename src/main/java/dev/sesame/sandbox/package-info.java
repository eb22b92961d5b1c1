/// Running a command so that it can do no harm, and so that it outlives the server.
///
/// [SandboxProvider] starts a [SandboxCommand] and hands out a [Sandbox]: supervised stdio in append-only files, an
/// absolute deadline, and a kill that leaves nothing. `local/` isolates by bubblewrap, with graded lesser forms
/// for hosts without it; `fake/` is scripted, for tests. Plain Java, depends on nothing of ours.
@NullMarked
package dev.sesame.sandbox;

import org.jspecify.annotations.NullMarked;
