package dev.sesame.git;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Thins out git's progress to what a person wants in a log: each phase of a transfer in steps of a quarter.
final class ProgressSteps implements Consumer<String> {
    private static final Pattern PROGRESS = Pattern.compile("(Receiving objects|Resolving deltas): +(\\d+)% .*");
    private static final int STEP = 25;

    private final Consumer<String> log;
    private final Map<String, Integer> last = new HashMap<>();

    ProgressSteps(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public void accept(String line) {
        Matcher matcher = PROGRESS.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        int step = Integer.parseInt(matcher.group(2)) / STEP;
        Integer before = last.put(matcher.group(1), step);
        if (step > 0 && (before == null || step > before)) {
            log.accept(line);
        }
    }
}
