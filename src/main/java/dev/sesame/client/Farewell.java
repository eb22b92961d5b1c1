package dev.sesame.client;

/// What is done when the process is told to end before this was closed.
record Farewell(Thread hook) implements AutoCloseable {

    static Farewell saying(Runnable last) {
        Thread hook = new Thread(last, "farewell");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Farewell(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook runs.
        }
    }
}
