package dev.sesame.event;

/// Which `message` events carry `fullText`, the whole message so far.
public enum FullText {
    /// All, as the API reference has it.
    EACH,
    /// Only the last of a message (`?fullText=last`), so that a long message costs its length once.
    LAST
}
