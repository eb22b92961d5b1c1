package dev.sesame.app;

import io.quarkus.runtime.QuarkusApplication;

/// What the training run does once the server answers.
final class Rehearsal implements QuarkusApplication {

    @Override
    public int run(String... arguments) {
        return 0;
    }
}
