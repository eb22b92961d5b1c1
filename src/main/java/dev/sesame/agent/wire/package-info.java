/// What the agents' wire formats share: one tolerant JSON mapper, reading of members that may be missing, cutting
/// of long output.
@NullMarked
package dev.sesame.agent.wire;

import org.jspecify.annotations.NullMarked;
