package dev.sesame.agent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/// A lock that one thread of one process on this host holds at a time; the end of the process frees it.
final class HostLock implements Closeable {
    // A file's lock is the process's, so threads need one of their own.
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel file;

    private HostLock(ReentrantLock thread, FileChannel file) {
        this.thread = thread;
        this.file = file;
    }

    /// Waits for it.
    static HostLock acquire(Path path) throws IOException {
        ReentrantLock thread = THREADS.computeIfAbsent(path, _ -> new ReentrantLock());
        thread.lock();
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                file.lock();
                return new HostLock(thread, file);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            thread.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            thread.unlock();
        }
    }
}
