package dev.sesame.app.doctor;

import java.util.function.Consumer;

/// How Sesame itself can put a [Finding] right.
sealed interface Fix {

    /// The host's package manager has it. All of these go into one command.
    record Install(Tool tool) implements Fix {}

    /// Something of our own; told where to report its progress.
    record Run(Consumer<Consumer<String>> action) implements Fix {}
}
