package dev.sesame.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks at random rates, readers that come and go, and a server that is killed all the while; then everything must be
/// as if nothing had happened.
///
/// @param directory an empty one, of a name that is nowhere else
/// @param environment of the server
/// @param kills at least so many; a twentieth of them at each of the awkward moments
/// @param reconnects at least so many
record FaultSuite(Path directory, Map<String, String> environment, long seed, int kills, int reconnects) {
    private static final int AT_ONCE = 6;
    private static final Duration CLEANUP = Duration.ofSeconds(30);

    void run() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        Map<String, String> all = new HashMap<>(environment);
        all.put("TASKS_MAX_RUNNING", Integer.toString(AT_ONCE));
        all.put("TASKS_MAX_RUNNING_PER_USER", Integer.toString(AT_ONCE));
        try (BuiltServer server = new BuiltServer(directory, all)) {
            server.start();
            Api api = new Api(server.base());
            Chaos chaos = new Chaos(server, new Random(seed), kills, kills / 20);
            String user = api.signUp();
            Path repository = World.makeRepository(server.repositories().resolve("faults.git"));
            Stage stage = new Stage(new World(api, chaos, repository, user), seed, reconnects);
            stage.play();
            System.out.printf(
                    "faults: seed %d, %d s, %d kills %s, %d tasks, %d reconnects%n",
                    seed,
                    Duration.between(begin, Instant.now()).toSeconds(),
                    chaos.done(),
                    chaos.hits(),
                    stage.stories.get(),
                    stage.resumed.get());
            assertThat(stage.failures).as("seed " + seed).isEmpty();
            assertThat(chaos.done()).isGreaterThanOrEqualTo(kills);
            assertThat(stage.resumed.get()).isGreaterThanOrEqualTo(reconnects);
            nothingIsLeft(server);
        }
    }

    private void nothingIsLeft(BuiltServer server) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(CLEANUP);
        Path tasks = server.data().resolve("tasks");
        while (true) {
            List<String> processes = Leftovers.processes(directory, server.pid());
            List<Path> files = Leftovers.files(tasks);
            if (processes.isEmpty() && files.isEmpty()) {
                return;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("Left: processes " + processes + ", files " + files);
            }
            Thread.sleep(200);
        }
    }

    /// Plays stories, some at once, until there was enough of everything or one has failed.
    private static final class Stage {
        private final World world;
        private final long seed;
        private final int reconnects;
        private final AtomicInteger stories = new AtomicInteger();
        private final AtomicInteger resumed = new AtomicInteger();
        private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private volatile boolean killing = true;

        Stage(World world, long seed, int reconnects) {
            this.world = world;
            this.seed = seed;
            this.reconnects = reconnects;
        }

        void play() throws InterruptedException {
            List<Thread> threads = new java.util.ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                threads.add(Thread.ofVirtual().start(this::playOn));
            }
            Thread chaos = Thread.ofPlatform().start(this::kill);
            for (Thread thread : threads) {
                thread.join();
            }
            chaos.join();
        }

        private void kill() {
            try {
                world.chaos().run(() -> !failures.isEmpty());
            } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
                failures.add(e);
            } finally {
                killing = false;
            }
        }

        private void playOn() {
            while (failures.isEmpty() && (killing || resumed.get() < reconnects)) {
                int index = stories.getAndIncrement();
                Random random = new Random(seed * 31 + index);
                try {
                    resumed.addAndGet(new Story(world, Plot.next(index, random), random).play());
                } catch (InterruptedException | RuntimeException | AssertionError e) {
                    failures.add(e);
                }
            }
        }
    }
}
