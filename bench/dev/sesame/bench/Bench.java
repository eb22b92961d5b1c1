package dev.sesame.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Runs the measurements named on the command line, or all, and prints one table.
final class Bench {
    private static final List<Measurement> ALL = List.of(
            new ServerStart(),
            new IdleStreams(),
            new TaskStart(),
            new Ingest(),
            new Delivery(),
            new Translate(),
            new FiftyTasks(),
            new Replay(),
            new TaskList(),
            new ApiLoad(),
            new BrowserUi(),
            new HealthUnderReads());

    private Bench() {}

    public static void main(String[] names) throws Exception {
        List<String> wanted = List.of(names);
        List<String> known = ALL.stream().map(Measurement::name).toList();
        if (!known.containsAll(wanted)) {
            System.err.println("There are these measurements: " + String.join(" ", known));
            System.exit(2);
        }
        System.out.println(machine());
        List<String> table = new ArrayList<>();
        for (Measurement measurement : ALL) {
            if (wanted.isEmpty() || wanted.contains(measurement.name())) {
                System.out.println("… " + measurement.name());
                for (Figure figure : measurement.measure()) {
                    System.out.println("  " + figure.row());
                    table.add(figure.row());
                }
            }
        }
        System.out.println();
        table.forEach(System.out::println);
        System.exit(0); // readers of streams may still be waiting
    }

    private static String machine() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .orElse("unknown")
                .replaceFirst(".*: ", "");
        return String.format(
                Locale.ROOT,
                "%s, %d processors, %s; Linux %s; JDK %s; load before: %s",
                processor,
                Runtime.getRuntime().availableProcessors(),
                Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll(" +", " "),
                System.getProperty("os.version"),
                Runtime.version(),
                Files.readString(Path.of("/proc/loadavg")).strip());
    }
}
