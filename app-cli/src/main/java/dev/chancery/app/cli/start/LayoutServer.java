package dev.chancery.app.cli.start;

import dev.chancery.app.cli.options.DigestArgument;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A registry on loopback that gives what an OCI layout in a folder holds, for the rehearsal of commands that speak with registries. It only reads,
/// and has one repository, `rehearsal`.
public final class LayoutServer implements AutoCloseable {
    private static final String ROOT = "/v2/rehearsal/";

    private final ServerSocket socket;
    private final Path folder;
    private final Repository repository;

    private LayoutServer(ServerSocket socket, Path folder, Repository repository) {
        this.socket = socket;
        this.folder = folder;
        this.repository = repository;
    }

    /// Starts it on a free port of loopback.
    ///
    /// @param repository the layout in the folder, which stays open as long as this
    /// @throws IOException when there is no loopback
    public static LayoutServer start(Path folder, Repository repository) throws IOException {
        LayoutServer server = new LayoutServer(new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})), folder, repository);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    /// How the layout's repository is named in this registry.
    public String reference(String tag) {
        return "oci://127.0.0.1:" + socket.getLocalPort() + "/rehearsal:" + tag;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return; // it was closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = connection.getOutputStream()) {
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                String header = in.readLine();
                while (header != null && !header.isEmpty()) {
                    header = in.readLine();
                }
                out.write(answer(request.split(" ", -1)[1]).toByteArray());
                out.flush();
            }
        } catch (IOException | ProblemException e) {
            // The client sees a broken connection, and the rehearsal fails with that.
        }
    }

    private Bytes answer(String path) throws IOException, ProblemException {
        if (path.startsWith(ROOT + "manifests/")) {
            String name = path.substring((ROOT + "manifests/").length());
            Optional<StoredManifest> found = name.startsWith("sha256:") ? repository.manifest(DigestArgument.parse(name)) : repository.tagged(name);
            return found.isPresent() ? answer(200, found.get().mediaType(), found.get().content())
                    : answer(404, "application/json", Bytes.ofUtf8("{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}"));
        }
        if (path.startsWith(ROOT + "referrers/")) {
            var referrers = repository.referrers(DigestArgument.parse(path.substring((ROOT + "referrers/").length()))).descriptors();
            return answer(200, MediaTypes.INDEX, OciDocumentCodec.write(new OciDocument.Index(MediaTypes.INDEX, null, referrers, null, Map.of())).content());
        }
        String hex = DigestArgument.parse(path.substring((ROOT + "blobs/").length())).hex();
        return answer(200, "application/octet-stream", Bytes.copyOf(Files.readAllBytes(folder.resolve("blobs/sha256").resolve(hex))));
    }

    private static Bytes answer(int status, String mediaType, Bytes body) {
        return Bytes.concat(List.of(Bytes.ofUtf8("HTTP/1.1 " + status + " Rehearsed\r\nContent-Type: " + mediaType + "\r\nContent-Length: " + body.size()
                + "\r\n\r\n"), body));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
