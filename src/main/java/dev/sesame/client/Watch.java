package dev.sesame.client;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/// Closes a stream that says nothing for too long, which ends the reading of it: a connection whose other end is gone
/// without a word looks like one where nothing happens.
final class Watch implements AutoCloseable {
    private final Closeable stream;
    private final long silence;
    private final Thread thread;
    private volatile long heard = System.nanoTime();

    Watch(Closeable stream, Duration silence) {
        this.stream = stream;
        this.silence = silence.toNanos();
        thread = Thread.ofVirtual().name("watch a stream").start(this::watch);
    }

    void heard() {
        heard = System.nanoTime();
    }

    private void watch() {
        try {
            for (long left = silence; left > 0; left = heard + silence - System.nanoTime()) {
                Thread.sleep(Duration.ofNanos(left));
            }
            stream.close();
        } catch (InterruptedException e) {
            // The stream is read.
        } catch (IOException e) {
            // As good as closed.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
