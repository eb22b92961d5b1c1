package dev.sesame.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Prints its figures and its seed; `-Dsesame.faults.seed=N` plays the same again, as far as the machine's own timing
/// lets it; `-Dsesame.faults.kills=N` changes the length of the long one.
class FaultSuiteIT {
    private @TempDir Path temp;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothingIsLostInTwentyKills() throws Exception {
        run(Map.of(), 20, 50);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void nothingIsLostInTwentyKillsOnPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("max_connections", "60")
                .start()) {
            String url = "postgresql://postgres:postgres@localhost:" + postgres.getPort() + "/postgres";
            run(Map.of("DATABASE_URL", url, "ENCRYPTION_KEY", "0123456789abcdef".repeat(4)), 20, 50);
        }
    }

    @Test
    @Tag("faults")
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void nothingIsLostInTwoHundredKills() throws Exception {
        int kills = Integer.getInteger("sesame.faults.kills", 200);
        run(Map.of(), kills, 5 * kills);
    }

    private void run(Map<String, String> environment, int kills, int reconnects) throws Exception {
        long seed = Long.getLong("sesame.faults.seed", System.nanoTime() & 0xffffff);
        Path directory = Files.createDirectory(temp.resolve("sesame-faults-" + Long.toString(System.nanoTime(), 36)));
        new FaultSuite(directory, environment, seed, kills, reconnects).run();
    }
}
