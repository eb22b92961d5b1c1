/// Where the program starts and is put together: the command line, [Wiring] (readable top to bottom), doctor and
/// tour.
@NullMarked
package dev.sesame.app;

import org.jspecify.annotations.NullMarked;
