package dev.sesame.task;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Runs something that blocks (git over a network) so that a cancel of the task can end it.
final class Cancellable {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private Cancellable() {}

    /// The result, or empty if the task was cancelled first. What the work throws is thrown here. Interrupting the
    /// caller interrupts the work.
    static <T> Optional<T> call(Run run, Intents intents, Supplier<T> work) throws InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread worker = Thread.ofVirtual().name("git-" + run.task().id()).start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            } finally {
                run.signal().wake();
            }
        });
        try {
            while (!result.isDone()) {
                if (intents.poll(false, run.now()).cancel()) {
                    return Optional.empty();
                }
                run.signal().await(LOOK);
            }
            return Optional.of(result.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } finally {
            worker.interrupt();
        }
    }
}
