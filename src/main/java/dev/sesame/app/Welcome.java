package dev.sesame.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/// Says where to go next once the server answers, then waits for its end.
final class Welcome implements QuarkusApplication {

    @Override
    public int run(String... arguments) {
        System.out.println("Sesame listens on http://" + System.getProperty("quarkus.http.host") + ":"
                + System.getProperty("quarkus.http.port"));
        Quarkus.waitForExit();
        return 0;
    }
}
