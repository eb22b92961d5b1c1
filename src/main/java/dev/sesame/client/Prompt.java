package dev.sesame.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What is said to an agent on a command line.
final class Prompt {

    private Prompt() {}

    /// @param words of the command line; `-` alone stands for standard input
    static String of(List<String> words) throws ClientException {
        if (!words.equals(List.of("-"))) {
            return String.join(" ", words);
        }
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw ClientException.of("Cannot read the prompt from standard input: " + e);
        }
    }
}
