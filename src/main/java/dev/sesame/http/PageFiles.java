package dev.sesame.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The built files of the web UI, from the class path, each read once and kept: some megabytes, and they never change.
/// Any thread.
final class PageFiles {
    private static final String ROOT = "/web";
    private static final String HTML = "text/html; charset=utf-8";
    private static final Pattern NAME = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+\\.([a-z0-9]+)");
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "webmanifest", "application/manifest+json");

    private final String base;
    private final Map<String, PageFile> kept = new ConcurrentHashMap<>();

    /// @param subPath of `BASE_URL`; the page gets it as its base
    PageFiles(String subPath) {
        base = subPath + "/";
    }

    /// @param encoding empty for plain
    record Encoded(String encoding, Buffer bytes) {}

    /// @param forms the smallest first, the plain one last
    record PageFile(String type, String etag, List<Encoded> forms) {

        static PageFile plain(String type, byte[] bytes) {
            return new PageFile(type, '"' + hash(bytes) + '"', List.of(new Encoded("", Buffer.buffer(bytes))));
        }

        Encoded encoded(@Nullable String accepted) {
            return forms.stream()
                    .filter(form -> accepts(accepted, form.encoding()))
                    .findFirst()
                    .orElse(forms.getLast());
        }

        private static boolean accepts(@Nullable String accepted, String encoding) {
            return encoding.isEmpty() || (accepted != null && accepted.contains(encoding));
        }
    }

    /// @param path of the address, like `/assets/index-1a2b3c.js`
    Optional<PageFile> get(String path) {
        PageFile known = kept.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        var name = NAME.matcher(path);
        String type = name.matches() ? TYPES.get(name.group(2)) : null;
        if (type == null) {
            return Optional.empty();
        }
        Optional<PageFile> file = read(path).map(plain -> file(path, type, plain));
        file.ifPresent(found -> kept.put(path, found));
        return file;
    }

    /// The page; empty where the program was built without it.
    Optional<PageFile> index() {
        String path = "/index.html";
        PageFile known = kept.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PageFile> file = read(path).map(this::based).map(plain -> file(path, HTML, plain));
        file.ifPresent(found -> kept.put(path, found));
        return file;
    }

    private byte[] based(byte[] page) {
        String text = new String(page, StandardCharsets.UTF_8);
        return text.replace("<base href=\"/\"", "<base href=\"" + base + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private static PageFile file(String path, String type, byte[] plain) {
        List<Encoded> forms = new ArrayList<>();
        read(path + ".br").ifPresent(bytes -> forms.add(new Encoded("br", Buffer.buffer(bytes))));
        read(path + ".gz").ifPresent(bytes -> forms.add(new Encoded("gzip", Buffer.buffer(bytes))));
        forms.add(new Encoded("", Buffer.buffer(plain)));
        return new PageFile(type, '"' + hash(plain) + '"', List.copyOf(forms));
    }

    private static Optional<byte[]> read(String path) {
        try (InputStream in = PageFiles.class.getResourceAsStream(ROOT + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
