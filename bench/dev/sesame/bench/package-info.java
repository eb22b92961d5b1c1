/// What the product promises about speed and memory, measured against the built server and printed as a table.
///
/// [Bench] runs the measurements one after the other, each on a server and data of its own. They share the machine
/// with the load they make, and say how long the messages are. Nothing here is a test: a figure that is missed is
/// printed as missed.
@NullMarked
package dev.sesame.bench;

import org.jspecify.annotations.NullMarked;
