package dev.sesame.admin;

import dev.sesame.db.Database;
import dev.sesame.http.SseStreams;
import dev.sesame.task.AllTasks;
import dev.sesame.task.UnknownLines;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a monitor may want to know, in the names of Prometheus. Nothing is counted on the way: all of it is asked for
/// when somebody looks, and what is about tasks comes from the database, so it survives restarts and is the same on all
/// nodes. For any thread; blocks.
@Singleton
final class Metrics {
    private final Installation installation;
    private final Database database;
    private final AllTasks tasks;
    private final SseStreams streams;
    private @Nullable PrometheusRegistry registry;

    Metrics(Installation installation, Database database, AllTasks tasks, SseStreams streams) {
        this.installation = installation;
        this.database = database;
        this.tasks = tasks;
        this.streams = streams;
    }

    MetricSnapshots look() {
        return registry().scrape();
    }

    /// Made when it is asked for first: most servers are never asked, and their start shall not wait for it.
    private synchronized PrometheusRegistry registry() {
        PrometheusRegistry made = registry;
        if (made == null) {
            made = new PrometheusRegistry();
            JvmMetrics.builder().register(made);
            register(made);
            registry = made;
        }
        return made;
    }

    private void register(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("sesame_build_info")
                .help("Always 1; which Sesame this is, and on which database.")
                .labelNames("version", "database")
                .callback(gauge -> gauge.call(1, installation.version(), installation.database()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("sesame_database_healthy")
                .help("Whether the last write to the database succeeded.")
                .callback(gauge -> gauge.call(database.healthy() ? 1 : 0))
                .register(registry);
        GaugeWithCallback.builder()
                .name("sesame_open_streams")
                .help("Event streams that are open on this server.")
                .callback(gauge -> gauge.call(streams.count()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("sesame_tasks")
                .help("Tasks there are, on all servers of the database.")
                .labelNames("status")
                .callback(gauge -> tasks.counts().forEach((status, count) -> gauge.call(count, status)))
                .register(registry);
        CounterWithCallback.builder()
                .name("sesame_agent_unknown_lines_total")
                .help("Lines of agents' programs that this release does not know; sesame agents doctor tells them.")
                .labelNames("agent", "version")
                .callback(counter ->
                        unknownLines().forEach((who, lines) -> counter.call(lines, who.getFirst(), who.getLast())))
                .register(registry);
    }

    /// By agent and version.
    private Map<List<String>, Long> unknownLines() {
        return UnknownLines.list(database).stream()
                .collect(Collectors.groupingBy(
                        count -> List.of(count.agent(), count.version()),
                        Collectors.summingLong(UnknownLines.Count::lines)));
    }
}
