package dev.chancery.testkit.registry;

import dev.chancery.domain.bytes.Bytes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/// A web server on loopback (HTTP/1.1, kept-alive connections), simple enough to misbehave exactly as told.
public final class LoopbackWeb implements AutoCloseable {
    private final ServerSocket socket;
    private final Function<WebRequest, WebAnswer> handler;

    private LoopbackWeb(ServerSocket socket, Function<WebRequest, WebAnswer> handler) {
        this.socket = socket;
        this.handler = handler;
    }

    /// Starts one on a free port.
    ///
    /// @param sockets of plain HTTP or TLS
    /// @throws IOException when there is no port
    public static LoopbackWeb start(ServerSocketFactory sockets, Function<WebRequest, WebAnswer> handler) throws IOException {
        ServerSocket socket = sockets.createServerSocket(0, 200, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        LoopbackWeb web = new LoopbackWeb(socket, handler);
        Thread.ofVirtual().start(web::accept);
        return web;
    }

    /// `127.0.0.1:PORT`.
    public String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection; InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = new BufferedOutputStream(connection.getOutputStream())) {
            while (true) {
                String line = line(in);
                if (line.isEmpty()) {
                    return;
                }
                WebRequest request = request(line, in);
                WebAnswer answer = handler.apply(request);
                if (!send(request, answer, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private static WebRequest request(String line, InputStream in) throws IOException {
        String[] words = line.split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new WebRequest(words[0], words[1], headers, Bytes.copyOf(body));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /// Whether the connection goes on.
    private static boolean send(WebRequest request, WebAnswer answer, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " As told\r\n");
        answer.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (answer.status() != 204) {
            head.append("Content-Length: ").append(answer.body().size()).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        boolean whole = answer.sent() == answer.body().size();
        if (!request.method().equals("HEAD")) {
            answer.body().slice(0, answer.sent()).writeTo(out);
        }
        out.flush();
        return whole;
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
