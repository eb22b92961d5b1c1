/// Tests of the built server from outside: [SesameServer] runs it as a process, [HttpUser] and [SseReader] talk to it.
@NullMarked
package dev.sesame;

import org.jspecify.annotations.NullMarked;
