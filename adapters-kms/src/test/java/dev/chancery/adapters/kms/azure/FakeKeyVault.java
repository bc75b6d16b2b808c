package dev.chancery.adapters.kms.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.fake.FakeKey;
import dev.chancery.adapters.kms.fake.LoopbackTls;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Azure Key Vault on loopback: the requests of its REST API 7.x that the adapter makes, over HTTPS. It behaves as the reference says
/// (*Get Key*, *Get Keys*, *Create Key*, *Sign*, *Authentication, requests and responses*): the challenge for a token first, JSON Web
/// Keys, base64url, r ‖ s, a second creation making a new version, error bodies with `code` and `innererror`. It takes any token it
/// gave itself, and knows neither soft deletion nor quotas.
final class FakeKeyVault implements AutoCloseable {
    private static final String TOKEN = "token-of-the-test";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern PATH = Pattern.compile("/keys(?:/([A-Za-z0-9-]+)(?:/([a-z0-9]+))?(?:/(sign))?)?");

    /// The connection is closed without an answer.
    static final Failure CUT = new Failure(0, "", "", "", null);

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, TreeMap<String, Version>> keys = new TreeMap<>();
    private volatile Supplier<@Nullable Failure> signFailure = () -> null;
    private volatile String answeringVersion = "";
    private volatile @Nullable String attestation;
    private volatile String curveName = "";

    FakeKeyVault() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(LoopbackTls.context()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// The adapter, trusting this vault.
    AzureKeyService service(Clock clock) {
        return new AzureKeyService(new AzureClients(
                () -> new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(LoopbackTls.context())).build(),
                () -> _ -> Mono.just(new AccessToken(TOKEN, OffsetDateTime.MAX)), false),
                new AzureKeys(new SpkiPublicKeyDecoder(), _ -> attestation != null), true, clock);
    }

    /// Puts a version of a key there.
    synchronized String add(String name, FakeKey key) {
        TreeMap<String, Version> versions = keys.computeIfAbsent(name, _ -> new TreeMap<>());
        String version = String.format("%032x", versions.size() + 1);
        versions.put(version, new Version(key, "\"enabled\":true", "\"sign\",\"verify\""));
        return version;
    }

    /// Changes the newest version's attributes (a JSON fragment) and operations.
    synchronized void change(String name, String attributes, String operations) {
        TreeMap<String, Version> versions = Objects.requireNonNull(keys.get(name));
        versions.computeIfPresent(versions.lastKey(), (_, old) -> new Version(old.key(), attributes, operations));
    }

    /// Every signature fails so.
    void failSigning(Failure how) {
        signFailure = () -> how;
    }

    /// Each signature fails as it is told, or is made where it is told null.
    void failSigning(Supplier<@Nullable Failure> how) {
        signFailure = how;
    }

    /// What `kid` a signature says it is of.
    void answerAs(String version) {
        answeringVersion = version;
    }

    /// Every EC key says that it is on this curve.
    void describeAs(String curve) {
        curveName = curve;
    }

    /// The vault is a managed HSM from now on, and attests so (a JSON object).
    void attestWith(String json) {
        attestation = json;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate",
                        "Bearer authorization=\"https://login.windows.net/tenant\", resource=\"https://vault.azure.net\"");
                send(exchange, new Failure(401, "Unauthorized", "", "AKV10000: Request is missing a Bearer or PoP token.", null));
                return;
            }
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath().replaceAll("/(create|attestation)?$", ""));
            Failure wanted = path.matches() && "sign".equals(path.group(3)) ? signFailure.get() : null;
            if (CUT.equals(wanted)) {
                return;
            }
            if (wanted != null) {
                send(exchange, wanted);
            } else if (exchange.getRequestURI().getPath().endsWith("/rotate")) {
                rotate(exchange, Objects.requireNonNull(exchange.getRequestURI().getPath().split("/", -1)[2]));
            } else if (exchange.getRequestURI().getPath().endsWith("/create")) {
                create(exchange, Objects.requireNonNull(exchange.getRequestURI().getPath().split("/", -1)[2]), body);
            } else if (path.matches()) {
                answer(exchange, path, body);
            } else {
                send(exchange, new Failure(400, "BadParameter", "", "no such path", null));
            }
        }
    }

    private synchronized void answer(HttpExchange exchange, Matcher path, String body) throws IOException {
        @Nullable String name = path.group(1);
        if (name == null) {
            StringBuilder list = new StringBuilder();
            keys.forEach((key, versions) -> list.append(list.isEmpty() ? "" : ",").append("{\"kid\":\"https://").append(host()).append("/keys/")
                    .append(key).append("\",\"attributes\":{\"enabled\":true}}"));
            send(exchange, 200, "{\"value\":[" + list + "],\"nextLink\":null}");
            return;
        }
        TreeMap<String, Version> versions = keys.get(name);
        String id = path.group(2) == null && versions != null ? versions.lastKey() : path.group(2);
        Version version = versions == null ? null : versions.get(id);
        if (version == null || id == null) {
            send(exchange, new Failure(404, "KeyNotFound", "", "A key with (name/id) " + name + " was not found in this key vault.", null));
        } else if (path.group(3) == null) {
            String described = describe(name, id, version);
            send(exchange, 200, exchange.getRequestURI().getPath().endsWith("/attestation")
                    ? described.replace("\"created\":", "\"attestation\":" + attestation + ",\"created\":") : described);
        } else {
            sign(exchange, name, id, version, body);
        }
    }

    private String describe(String name, String id, Version version) {
        String members = switch (version.key().publicKey()) {
            case EcPublicKey ec -> {
                int half = ec.curve().fieldLength();
                yield "\"kty\":\"EC-HSM\",\"crv\":\"" + (curveName.isEmpty() ? ec.curve().nistName() : curveName) + "\",\"x\":\"" + BASE64.encodeToString(ec.point().slice(1, 1 + half).toByteArray())
                        + "\",\"y\":\"" + BASE64.encodeToString(ec.point().slice(1 + half, 1 + 2 * half).toByteArray()) + "\"";
            }
            case RsaPublicKey rsa -> "\"kty\":\"RSA\",\"n\":\"" + unsigned(rsa.modulus()) + "\",\"e\":\"" + unsigned(rsa.exponent()) + "\"";
            default -> throw new AssertionError("the service has no such keys");
        };
        return "{\"key\":{\"kid\":\"" + kid(name, id) + "\",\"key_ops\":[" + version.operations() + "]," + members + "},\"attributes\":{"
                + version.attributes() + ",\"created\":1750000000,\"updated\":1750000000,\"recoveryLevel\":\"Recoverable+Purgeable\"}}";
    }

    private String kid(String name, String id) {
        return "https://" + host() + "/keys/" + name + "/" + id;
    }

    private static String unsigned(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private void sign(HttpExchange exchange, String name, String id, Version version, String body) throws IOException {
        ByteBuffer digest = ByteBuffer.wrap(Base64.getUrlDecoder().decode(member(body, "value")));
        try {
            ByteBuffer signature = switch (member(body, "alg")) {
                case "ES256", "ES384", "ES512" -> version.key().ecdsaP1363(digest);
                case "RS256" -> version.key().pkcs1(digest);
                case "PS256" -> version.key().pss(digest);
                case String other -> throw new GeneralSecurityException(other);
            };
            byte[] bytes = new byte[signature.remaining()];
            signature.get(bytes);
            String answering = answeringVersion.isEmpty() ? id : answeringVersion;
            send(exchange, 200, "{\"kid\":\"" + kid(name, answering) + "\",\"value\":\"" + BASE64.encodeToString(bytes) + "\"}");
        } catch (GeneralSecurityException e) {
            send(exchange, new Failure(400, "BadParameter", "", "Key and signing algorithm are incompatible.", null));
        }
    }

    private void create(HttpExchange exchange, String name, String body) throws IOException {
        try {
            FakeKey key = body.contains("\"EC-HSM\"") ? FakeKey.ec(switch (member(body, "crv")) {
                case "P-256" -> "secp256r1";
                case "P-384" -> "secp384r1";
                default -> "secp521r1";
            }) : FakeKey.rsa(Integer.parseInt(member(body, "key_size")));
            String id = add(name, key);
            send(exchange, 200, describe(name, id, new Version(key, "\"enabled\":true", "\"sign\",\"verify\"")));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private synchronized void rotate(HttpExchange exchange, String name) throws IOException {
        if (!keys.containsKey(name)) {
            send(exchange, new Failure(404, "KeyNotFound", "", "A key with (name/id) " + name + " was not found in this key vault.", null));
            return;
        }
        try {
            FakeKey key = FakeKey.ec("secp256r1");
            send(exchange, 200, describe(name, add(name, key), new Version(key, "\"enabled\":true", "\"sign\",\"verify\"")));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /// A member of a flat JSON object whose values need no unescaping.
    private static String member(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        return found.find() ? Objects.requireNonNull(found.group(1)) : "";
    }

    private static void send(HttpExchange exchange, Failure failure) throws IOException {
        if (failure.retryAfter() != null) {
            exchange.getResponseHeaders().add("Retry-After", failure.retryAfter());
        }
        String inner = failure.inner().isEmpty() ? "" : ",\"innererror\":{\"code\":\"" + failure.inner() + "\"}";
        send(exchange, failure.status(), "{\"error\":{\"code\":\"" + failure.code() + "\",\"message\":\"" + failure.message() + "\"" + inner + "}}");
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /// An error answer.
    record Failure(int status, String code, String inner, String message, @Nullable String retryAfter) {}

    private record Version(FakeKey key, String attributes, String operations) {}
}
