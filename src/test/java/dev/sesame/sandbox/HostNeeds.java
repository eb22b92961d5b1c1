package dev.sesame.sandbox;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sesame.sandbox.local.LocalSandboxes;
import java.nio.file.Path;

/// What a test needs of its host. Where it is absent the test is skipped, saying so; with `CI=true` it fails.
public final class HostNeeds {
    private HostNeeds() {}

    /// Sandboxes of this grade.
    public static LocalSandboxes isolation(Isolation isolation, Path directory) {
        try {
            return LocalSandboxes.only(isolation, directory);
        } catch (SandboxException e) {
            need(false, isolation + " isolation: " + e.getMessage());
            throw e;
        }
    }

    public static void need(boolean present, String what) {
        if (present) {
            return;
        }
        if ("true".equals(System.getenv("CI"))) {
            fail("This host lacks " + what);
        }
        abort("This host lacks " + what);
    }
}
