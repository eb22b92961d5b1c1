package dev.sesame.auth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server on loopback that takes everything, keeps it by whether it came in the clear, and always tempts with
/// a login.
final class TlsMailServer implements AutoCloseable {
    enum Mode {
        /// From the first byte.
        TLS,
        STARTTLS,
        /// No TLS is offered.
        CLEAR
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final SSLContext tls;
    private final Mode mode;
    private final List<String> inTheClear = new CopyOnWriteArrayList<>();
    private final List<String> secured = new CopyOnWriteArrayList<>();

    private TlsMailServer(Mode mode, SSLContext tls) throws IOException {
        this.mode = mode;
        this.tls = tls;
    }

    static TlsMailServer start(Mode mode, SSLContext tls) {
        try {
            var server = new TlsMailServer(mode, tls);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /// The lines that anybody on the way could read.
    List<String> inTheClear() {
        return inTheClear;
    }

    List<String> secured() {
        return secured;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setSoTimeout(60_000);
                serve(client);
            } catch (IOException e) {
                // The client went away, or does not believe us; or the test is over.
            }
        }
    }

    private void serve(Socket client) throws IOException {
        Socket wire = mode == Mode.TLS ? secure(client) : client;
        BufferedReader lines = lines(wire);
        say(wire, "220 mail.test ESMTP");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            (wire == client ? inTheClear : secured).add(line);
            switch (line.split(" ")[0].toUpperCase(Locale.ROOT)) {
                case "EHLO" -> {
                    boolean offers = mode == Mode.STARTTLS && wire == client;
                    say(wire, "250-mail.test" + (offers ? "\r\n250-STARTTLS" : "") + "\r\n250 AUTH PLAIN");
                }
                case "STARTTLS" -> {
                    say(wire, "220 Go ahead");
                    wire = secure(client);
                    lines = lines(wire);
                }
                case "AUTH" -> say(wire, "235 Welcome");
                case "DATA" -> say(wire, "354 Go ahead");
                case "QUIT" -> {
                    say(wire, "221 Bye");
                    return;
                }
                case "RSET", "NOOP", "MAIL", "RCPT", "." -> say(wire, "250 Fine");
                default -> {} // of the mail
            }
        }
    }

    private Socket secure(Socket client) throws IOException {
        var secure = (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), false);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    private static BufferedReader lines(Socket wire) throws IOException {
        return new BufferedReader(new InputStreamReader(wire.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void say(Socket wire, String text) throws IOException {
        wire.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
