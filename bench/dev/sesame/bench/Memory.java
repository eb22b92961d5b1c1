package dev.sesame.bench;

import dev.sesame.SesameServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Resident memory of a server, as Linux counts it.
final class Memory {
    private Memory() {}

    static double megabytes(SesameServer server) throws IOException {
        Path status = Path.of("/proc/" + server.process().pid() + "/status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
