package dev.sesame.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The UI's types were made from the document as it is. They name the document's hash, so that no Node is needed to see
/// that they are old.
class ApiTypesTest {
    private static final Path TYPES = Path.of("web/src/api/schema.d.ts");

    @Test
    void theTypesAreThoseOfTheDocument() throws IOException, NoSuchAlgorithmException {
        String document = Operation.DOCUMENT.toPrettyString() + "\n";
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/openapi.json"), document);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
        assertThat(Files.readAllLines(TYPES).getFirst())
                .as("The API's document changed: run `npm run types` in web/, which reads target/openapi.json")
                .contains("sha256 " + HexFormat.of().formatHex(hash));
    }
}
