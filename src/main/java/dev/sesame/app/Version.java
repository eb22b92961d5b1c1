package dev.sesame.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What runs: our version and the JDK's.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"Sesame " + ours() + " (Java " + Runtime.version() + ")"};
    }

    static String ours() {
        try (InputStream in = Version.class.getResourceAsStream("/sesame.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
