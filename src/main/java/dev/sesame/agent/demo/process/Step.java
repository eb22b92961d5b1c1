package dev.sesame.agent.demo.process;

/// One thing a script has the agent do; the records are the lines of a script, parsed.
sealed interface Step {

    void run(Stage stage, Tools tools) throws InterruptedException;

    /// `count` deltas, one every `pause` milliseconds; delta k is the number and a space.
    record Deltas(String type, long count, long pause) implements Step {
        @Override
        public void run(Stage stage, Tools tools) throws InterruptedException {
            String id = stage.nextId("m");
            long begin = System.nanoTime();
            for (long k = 1; k <= count; k++) {
                if (pause > 0) {
                    stage.pauseUntil(begin + (k - 1) * pause * 1_000_000);
                }
                stage.delta(type, id, Long.toString(k).concat(" "), 0, k == count);
            }
            stage.flush();
        }
    }

    /// One message of `lines` deltas of `bytes` characters: the number, a space and a filling, cut to size.
    record Flood(long lines, long bytes) implements Step {
        @Override
        public void run(Stage stage, Tools tools) throws InterruptedException {
            String id = stage.nextId("m");
            for (long k = 1; k <= lines; k++) {
                String number = Long.toString(k).concat(" ");
                String head = number.length() > bytes ? number.substring(0, (int) bytes) : number;
                stage.delta("text", id, head, bytes - head.length(), k == lines);
            }
            stage.flush();
        }
    }

    record Write(String path, long bytes) implements Step {
        @Override
        public void run(Stage stage, Tools tools) {
            tools.write(path, bytes);
        }
    }

    record Run(String command) implements Step {
        @Override
        public void run(Stage stage, Tools tools) throws InterruptedException {
            tools.run(command, "Run a command", false);
        }
    }

    record Ask(String title) implements Step {
        @Override
        public void run(Stage stage, Tools tools) throws InterruptedException {
            tools.note(title);
        }
    }

    record Sleep(long pause) implements Step {
        @Override
        public void run(Stage stage, Tools tools) throws InterruptedException {
            stage.pause(pause);
        }
    }

    /// Its quota is used up for `pause` milliseconds, and so is this turn.
    record Quota(long pause) implements Step {
        @Override
        public void run(Stage stage, Tools tools) throws QuotaUsedUp {
            stage.quota(System.currentTimeMillis() + pause);
            throw new QuotaUsedUp();
        }
    }

    final class QuotaUsedUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    record Noise() implements Step {
        @Override
        public void run(Stage stage, Tools tools) {
            stage.noise();
        }
    }

    record Crash(int code) implements Step {
        @Override
        public void run(Stage stage, Tools tools) {
            stage.flush();
            Runtime.getRuntime().halt(code);
        }
    }

    record Stubborn() implements Step {
        @Override
        public void run(Stage stage, Tools tools) {
            stage.ignoreSignals();
        }
    }

    /// Children that lose both parents, leave the session and hold on to the agent's stdout; their process ids are
    /// the tool's output.
    record Fork(long count) implements Step {
        @Override
        public void run(Stage stage, Tools tools) throws InterruptedException {
            String stdout = "/proc/"
                    .concat(Long.toString(ProcessHandle.current().pid()))
                    .concat("/fd/1");
            String child = "setsid sh -c 'sleep 86400 >>".concat(stdout).concat(" 2>&1 & echo $!'");
            String loop = "i=0; while [ $i -lt ".concat(Long.toString(count)).concat(" ]; do ");
            tools.run(loop.concat(child).concat("; i=$((i+1)); done"), "Leave children behind", false);
        }
    }
}
