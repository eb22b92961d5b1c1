package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What many requests were answered, and what was wrong with answers. Safe from any thread.
final class Findings {
    private final List<String> faults = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Map<String, Set<Integer>> byOperation = new TreeMap<>();

    /// @param made which request of the seed it was
    synchronized void add(long seed, int made, Operation operation, Exchange.Result result) {
        statuses.merge(result.status(), 1, Integer::sum);
        byOperation
                .computeIfAbsent(operation.toString(), name -> new TreeSet<>())
                .add(result.status());
        result.fault().ifPresent(fault -> faults.add("request %d of %d: %s".formatted(made, seed, fault)));
    }

    synchronized void assertFlawless() {
        assertThat(faults).isEmpty();
    }

    synchronized void assertReached(Integer... wanted) {
        assertThat(statuses.keySet()).as("what was reached").contains(wanted);
    }

    synchronized void assertReached(String operation, Integer... wanted) {
        assertThat(byOperation.getOrDefault(operation, Set.of()))
                .as("answers of %s", operation)
                .contains(wanted);
    }

    @Override
    public synchronized String toString() {
        return statuses.toString();
    }
}
