package dev.sesame.sandbox.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The host's living processes that belong to a run: by where they are, or by a word of their command line.
final class Leftovers {
    private Leftovers() {}

    static List<String> of(Path place) {
        return ProcessFacts.all().stream()
                .filter(process -> place(process.pid()).startsWith(place.toString())
                        || commandLine(process.pid()).contains(place.toString()))
                .map(Leftovers::described)
                .toList();
    }

    static List<String> with(String word) {
        return ProcessFacts.all().stream()
                .filter(process -> commandLine(process.pid()).contains(word))
                .map(Leftovers::described)
                .toList();
    }

    static String commandLine(long pid) {
        return words(pid, "cmdline");
    }

    static String environment(long pid) {
        return words(pid, "environ");
    }

    private static String words(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException goneOrNotOurs) {
            return "";
        }
    }

    private static String place(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString();
        } catch (IOException goneOrNotOurs) {
            return "";
        }
    }

    private static String described(ProcessFacts process) {
        return process + " " + commandLine(process.pid());
    }
}
