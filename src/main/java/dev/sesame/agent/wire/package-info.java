/// What the agents' wire formats share.
///
/// [Json] is the one tolerant mapper and the reading of members that may be missing; [Outputs] collects what a line
/// comes to; [OpenMessage] and [OpenTools] are what is under way (a message that grows, tools that were called);
/// [JsonRpc] is a peer that numbers and matches requests; [Cut] shortens long text. For drivers; uses `agent` and
/// `event`.
@NullMarked
package dev.sesame.agent.wire;

import org.jspecify.annotations.NullMarked;
