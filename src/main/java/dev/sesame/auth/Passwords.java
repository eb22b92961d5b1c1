package dev.sesame.auth;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.sesame.http.Problem;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
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
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private final ThreadPoolExecutor threads = threads();

    // What a password is compared with when there is no account, so that the answer takes as long as with one.
    private final String nobody = hashNow(Secret.random(LONGEST));

    private static ThreadPoolExecutor threads() {
        var threads = new ThreadPoolExecutor(
                2,
                2,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("password-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
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
        boolean same = onOurThreads(() -> {
            String stored = hash == null ? nobody : hash;
            return Password.check(password, stored).with(Argon2Function.getInstanceFromHash(stored));
        });
        return same && hash != null;
    }

    static String hashNow(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2).getResult();
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
