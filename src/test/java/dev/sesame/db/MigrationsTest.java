package dev.sesame.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    /// Commands beside a server refuse a database that ends with another one, and a start takes the long way.
    @Test
    void theNewestIsTheLastOfTheScripts() throws IOException {
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(scripts.filter(Files::isRegularFile)
                            .map(script -> script.getFileName().toString())
                            .max(String::compareTo))
                    .contains(Migrations.NEWEST);
        }
    }
}
