package dev.sesame.sandbox.local;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens a user namespace that no process is in and that therefore has no name: by ioctl_ns(2), which the JDK and
/// the usual programs lack.
final class UserNamespaces {
    private static final long NS_GET_USERNS = 0xb701;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT), 2);
    private static final MethodHandle IOCTL = function(
            "ioctl", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG), 2);
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), -1);

    private UserNamespaces() {}

    /// An open user namespace. Other processes of our uid may open it again by its path as long as this is not
    /// closed.
    record Held(int descriptor) implements AutoCloseable {

        Path path() {
            return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor);
        }

        boolean is(Path namespace) {
            try {
                return Files.readSymbolicLink(path()).equals(Files.readSymbolicLink(namespace));
            } catch (IOException gone) {
                return false;
            }
        }

        @Override
        public void close() {
            call(CLOSE, descriptor);
        }
    }

    /// The one that owns this namespace; null if it can't be had.
    static @Nullable Held ownerOf(Path namespace) {
        try (Arena arena = Arena.ofConfined()) {
            int owned = call(OPEN, arena.allocateFrom(namespace.toString()), 0);
            if (owned < 0) {
                return null;
            }
            int owner = call(IOCTL, owned, NS_GET_USERNS);
            call(CLOSE, owned);
            return owner < 0 ? null : new Held(owner);
        }
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("A call of the C library failed", e);
        }
    }

    @SuppressWarnings("restricted") // the launcher allows it: --enable-native-access
    private static MethodHandle function(String name, FunctionDescriptor type, int firstVariadic) {
        MemorySegment address = LINKER.defaultLookup().find(name).orElseThrow();
        return firstVariadic < 0
                ? LINKER.downcallHandle(address, type)
                : LINKER.downcallHandle(address, type, Linker.Option.firstVariadicArg(firstVariadic));
    }
}
