package dev.sesame.event;

/// Which events of a message carry its text so far.
public enum FullText {
    /// Every one, as the API reference has it.
    EACH,
    /// The message's last only.
    LAST
}
