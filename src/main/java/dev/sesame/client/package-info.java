/// The command line as a client: `sesame login` and `sesame task …`. Knows nothing of the server but its public API, as
/// any other program does, and resumes streams by itself.
@NullMarked
package dev.sesame.client;

import org.jspecify.annotations.NullMarked;
