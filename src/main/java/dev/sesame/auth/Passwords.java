package dev.sesame.auth;

import dev.sesame.http.Problem;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Passwords and their Argon2id hashes (19 MiB, two passes, one lane). Hashing takes a processor for a while: it is
/// done on two threads of our own, so that at most two are under way and virtual threads' carriers stay free.
@Singleton
final class Passwords {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;
    private static final int SALT_BYTES = 16;
    private static final int WAITING = 100;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int MEMORY_KIBIBYTES = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;

    private final ThreadPoolExecutor threads = threads();

    // What a password is compared with when there is no account, so that the answer takes as long as with one.
    private final String nobody = hashNow(Secret.random(LONGEST));

    private static ThreadPoolExecutor threads() {
        ThreadFactory named = Thread.ofPlatform().daemon().name("password-", 0).factory();
        var threads = new ThreadPoolExecutor(
                2,
                2,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                work -> named.newThread(() -> collectAfter(work)));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    // A hash's memory ends in the old generation, where an idle server would keep that of many for hours. So the thread
    // that ends because nobody signs in takes them along.
    private static void collectAfter(Runnable work) {
        work.run();
        System.gc();
    }

    /// Refuses a new password that is too short or too long.
    static void check(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            throw AuthError.PASSWORD_TOO_SHORT.refusal();
        }
        if (length > LONGEST) {
            throw AuthError.PASSWORD_TOO_LONG.refusal();
        }
    }

    String hash(String password) {
        return onOurThreads(() -> hashNow(password));
    }

    /// @param hash null where there is no account or it has no password: false, after the same work
    boolean matches(String password, @Nullable String hash) {
        boolean same = onOurThreads(
                () -> Argon2Hash.parse(hash == null ? nobody : hash).matches(password));
        return same && hash != null;
    }

    static String hashNow(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return Argon2Hash.of(password, MEMORY_KIBIBYTES, PASSES, LANES, salt).toString();
    }

    private <T> T onOurThreads(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw Problem.SERVICE_UNAVAILABLE.because("Too many people are signing in, try again in a moment");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.SERVICE_UNAVAILABLE.because("The server is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }
}
