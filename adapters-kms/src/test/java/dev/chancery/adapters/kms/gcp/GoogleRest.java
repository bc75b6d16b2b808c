package dev.chancery.adapters.kms.gcp;

import com.google.cloud.kms.v1.AsymmetricSignRequest;
import com.google.cloud.kms.v1.CreateCryptoKeyRequest;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsRequest;
import com.google.cloud.kms.v1.ListCryptoKeysRequest;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The fake's REST side: the paths that the proto's `google.api.http` options give (Cloud KMS REST reference, v1), and errors in
/// Google's JSON form with the HTTP status of google.rpc.Code.
final class GoogleRest implements AutoCloseable {
    private final FakeGoogleKms kms;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    GoogleRest(FakeGoogleKms kms) throws IOException {
        this.kms = kms;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                send(exchange, 200, JsonFormat.printer().print(answer(exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath().substring("/v1/".length()), query(exchange.getRequestURI().getQuery()), body)));
            } catch (StatusRuntimeException e) {
                int status = httpStatus(e.getStatus().getCode());
                send(exchange, status, "{\"error\":{\"code\":" + status + ",\"message\":\"" + e.getStatus().getDescription() + "\",\"status\":\""
                        + e.getStatus().getCode() + "\"}}");
            } catch (GeneralSecurityException e) {
                send(exchange, 500, "{}");
            }
        }
    }

    private Message answer(String method, String path, Map<String, String> query, String body) throws IOException, GeneralSecurityException {
        String page = query.getOrDefault("pageToken", "");
        if (method.equals("POST") && path.endsWith(":asymmetricSign")) {
            AsymmetricSignRequest.Builder request = AsymmetricSignRequest.newBuilder();
            JsonFormat.parser().merge(body, request);
            return kms.answer("sign", () -> kms.sign(request.setName(path.substring(0, path.indexOf(':'))).build()));
        }
        if (method.equals("POST") && path.endsWith("/cryptoKeys")) {
            CryptoKey.Builder key = CryptoKey.newBuilder();
            JsonFormat.parser().merge(body, key);
            return kms.answer("create", () -> kms.create(CreateCryptoKeyRequest.newBuilder().setParent(path.substring(0, path.lastIndexOf('/')))
                    .setCryptoKeyId(Objects.requireNonNull(query.get("cryptoKeyId"))).setCryptoKey(key).build()));
        }
        if (method.equals("POST") && path.endsWith("/cryptoKeyVersions")) {
            return kms.answer("createVersion", () -> kms.createVersion(path.substring(0, path.lastIndexOf('/'))));
        }
        if (path.endsWith("/publicKey")) {
            return kms.answer("publicKey", () -> kms.publicKey(path.substring(0, path.lastIndexOf('/'))));
        }
        if (path.endsWith("/cryptoKeyVersions")) {
            return kms.answer("list", () -> kms.listVersions(ListCryptoKeyVersionsRequest.newBuilder()
                    .setParent(path.substring(0, path.lastIndexOf('/'))).setPageToken(page).build()));
        }
        if (path.endsWith("/cryptoKeys")) {
            return kms.answer("list", () -> kms.listKeys(ListCryptoKeysRequest.newBuilder()
                    .setParent(path.substring(0, path.lastIndexOf('/'))).setPageToken(page).build()));
        }
        return kms.answer("get", () -> kms.version(path));
    }

    private static Map<String, String> query(@Nullable String query) {
        Map<String, String> members = new TreeMap<>();
        for (String member : Objects.requireNonNullElse(query, "").split("&", -1)) {
            int equals = member.indexOf('=');
            if (equals > 0) {
                members.put(member.substring(0, equals), member.substring(equals + 1));
            }
        }
        return members;
    }

    private static int httpStatus(Status.Code code) {
        return switch (code) {
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ABORTED, ALREADY_EXISTS -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            default -> 500;
        };
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
