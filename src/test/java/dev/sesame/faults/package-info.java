/// What must hold whatever dies: the built server as a process, killed and started again at random and at awkward
/// moments, while tasks run and readers read. Black-box: the public API, real git, and a look at the host's processes
/// and files at the end.
@NullMarked
package dev.sesame.faults;

import org.jspecify.annotations.NullMarked;
