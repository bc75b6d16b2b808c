package dev.chancery.testkit.registry;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/// A registry in memory (OCI distribution spec 1.1), with or without the referrers API, for any repository name.
///
/// Each answer passes a hook, in which a test can exchange it: that is how it fails, lies, throttles and stops.
public final class MemoryRegistry implements AutoCloseable {
    private static final Pattern ROUTE = Pattern.compile("/v2/(.+)/(manifests|blobs|referrers|tags)/(.*)");
    private static final Pattern SUBJECT = Pattern.compile("\"subject\":\\{[^}]*\"digest\":\"([^\"]+)\"");
    private static final Pattern ARTIFACT_TYPE = Pattern.compile("^\\{[^{\\[]*\"artifactType\":\"([^\"]+)\"");

    private final boolean referrersApi;
    private final LoopbackWeb web;
    private final Map<String, Stored> manifests = new ConcurrentHashMap<>();
    private final Map<String, Bytes> blobs = new ConcurrentHashMap<>();
    private final Map<String, Bytes> uploads = new ConcurrentHashMap<>();
    private final Map<String, List<String>> referrers = new ConcurrentHashMap<>();
    private final List<WebRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile BiFunction<WebRequest, WebAnswer, WebAnswer> hook = (_, answer) -> answer;
    private volatile int pageSize = Integer.MAX_VALUE;

    private MemoryRegistry(boolean referrersApi, ServerSocketFactory sockets) throws IOException {
        this.referrersApi = referrersApi;
        this.web = LoopbackWeb.start(sockets, this::answer);
    }

    private record Stored(String mediaType, Bytes content) {}

    /// Starts one.
    ///
    /// @param referrersApi whether it has the referrers API
    /// @throws IOException when there is no port
    public static MemoryRegistry start(boolean referrersApi) throws IOException {
        return new MemoryRegistry(referrersApi, ServerSocketFactory.getDefault());
    }

    /// Starts one behind TLS.
    ///
    /// @throws IOException when there is no port
    public static MemoryRegistry startTls(boolean referrersApi, ServerSocketFactory sockets) throws IOException {
        return new MemoryRegistry(referrersApi, sockets);
    }

    /// `127.0.0.1:PORT`.
    public String host() {
        return web.host();
    }

    /// What happens to each answer before it is sent.
    public void hook(BiFunction<WebRequest, WebAnswer, WebAnswer> what) {
        hook = what;
    }

    /// How many referrers a page has.
    public void pageSize(int size) {
        pageSize = size;
    }

    /// What came in so far.
    public List<WebRequest> requests() {
        return List.copyOf(requests);
    }

    /// Forgets what came in.
    public void forgetRequests() {
        requests.clear();
    }

    private WebAnswer answer(WebRequest request) {
        requests.add(request);
        return hook.apply(request, right(request));
    }

    /// What a good registry would answer.
    private WebAnswer right(WebRequest request) {
        Matcher route = ROUTE.matcher(request.path());
        if (request.path().equals("/v2/")) {
            return WebAnswer.of(200, "{}");
        }
        if (!route.matches()) {
            return WebAnswer.error(404, "NAME_UNKNOWN");
        }
        String repository = route.group(1);
        String rest = route.group(3);
        if (request.path().contains("/blobs/uploads/")) {
            return upload(request, repository.replaceFirst("/blobs/uploads$", ""), request.path().replaceFirst(".*/blobs/uploads/", ""));
        }
        return switch (route.group(2)) {
            case "manifests" -> request.method().equals("PUT") ? put(request, repository, rest) : manifest(repository, rest);
            case "blobs" -> blob(request, repository, rest);
            case "referrers" -> referrersApi ? list(request, repository, rest) : WebAnswer.of(404, "404 page not found");
            default -> tags(repository);
        };
    }

    private WebAnswer manifest(String repository, String reference) {
        Stored stored = manifests.get(repository + "/" + reference);
        if (stored == null) {
            return WebAnswer.error(404, "MANIFEST_UNKNOWN");
        }
        return WebAnswer.of(200, Map.of("Content-Type", stored.mediaType(), "Docker-Content-Digest", digest(stored.content())), stored.content());
    }

    private static String digest(Bytes content) {
        return HashAlgorithm.SHA_256.digest(content).toString();
    }

    private synchronized WebAnswer put(WebRequest request, String repository, String reference) {
        Stored stored = new Stored(request.header("content-type").orElse(""), request.body());
        String digest = digest(request.body());
        if (reference.startsWith("sha256:") && !reference.equals(digest)) {
            return WebAnswer.error(400, "DIGEST_INVALID");
        }
        manifests.put(repository + "/" + digest, stored);
        manifests.put(repository + "/" + reference, stored);
        WebAnswer answer = WebAnswer.of(201, Map.of("Docker-Content-Digest", digest, "Location", "/v2/" + repository + "/manifests/" + digest),
                Bytes.empty());
        Matcher subject = SUBJECT.matcher(request.body().utf8().orElse(""));
        if (!referrersApi || !subject.find()) {
            return answer;
        }
        List<String> list = referrers.computeIfAbsent(repository + "/" + subject.group(1), _ -> new ArrayList<>());
        String entry = entry(stored, digest);
        if (!list.contains(entry)) {
            list.add(entry);
        }
        return answer.with("OCI-Subject", subject.group(1));
    }

    private static String entry(Stored stored, String digest) {
        Matcher type = ARTIFACT_TYPE.matcher(stored.content().utf8().orElse(""));
        return "{\"mediaType\":\"" + stored.mediaType() + "\",\"digest\":\"" + digest + "\",\"size\":" + stored.content().size()
                + (type.find() ? ",\"artifactType\":\"" + type.group(1) + "\"" : "") + "}";
    }

    private synchronized WebAnswer list(WebRequest request, String repository, String subject) {
        List<String> all = referrers.getOrDefault(repository + "/" + subject, List.of());
        int from = Math.min(all.size(), request.parameter("from").map(Integer::parseInt).orElse(0));
        int to = (int) Math.min(all.size(), (long) from + pageSize);
        WebAnswer page = WebAnswer.of(200, Map.of("Content-Type", "application/vnd.oci.image.index.v1+json"), Bytes.ofUtf8(
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                        + String.join(",", all.subList(from, to)) + "]}"));
        return to == all.size() ? page
                : page.with("Link", "</v2/" + repository + "/referrers/" + subject + "?from=" + to + ">; rel=\"next\"");
    }

    private WebAnswer tags(String repository) {
        List<String> tags = manifests.keySet().stream().filter(key -> key.startsWith(repository + "/"))
                .map(key -> key.substring(repository.length() + 1)).filter(name -> !name.contains(":")).sorted().map(name -> "\"" + name + "\"").toList();
        return WebAnswer.of(200, "{\"name\":\"" + repository + "\",\"tags\":[" + String.join(",", tags) + "]}");
    }

    private WebAnswer blob(WebRequest request, String repository, String digest) {
        Bytes content = blobs.get(repository + "/" + digest);
        if (content == null) {
            return WebAnswer.error(404, "BLOB_UNKNOWN");
        }
        Optional<Integer> from = request.header("range").map(range -> Integer.parseInt(range.replaceFirst("bytes=([0-9]+)-", "$1")));
        return WebAnswer.of(from.isPresent() ? 206 : 200, Map.of("Content-Type", "application/octet-stream"),
                content.slice(from.orElse(0), content.size()));
    }

    private WebAnswer upload(WebRequest request, String repository, String session) {
        String place = "/v2/" + repository + "/blobs/uploads/";
        return switch (request.method()) {
            case "POST" -> start(request, repository, place);
            case "GET" -> WebAnswer.of(204, range(place, session, uploads.getOrDefault(session, Bytes.empty())), Bytes.empty());
            case "PATCH" -> {
                Bytes before = uploads.getOrDefault(session, Bytes.empty());
                if (!request.header("content-range").orElse("").startsWith(before.size() + "-")) {
                    yield WebAnswer.error(416, "BLOB_UPLOAD_INVALID");
                }
                Bytes after = before.concat(request.body());
                uploads.put(session, after);
                yield WebAnswer.of(202, range(place, session, after), Bytes.empty());
            }
            default -> {
                Bytes whole = uploads.getOrDefault(session, Bytes.empty()).concat(request.body());
                String digest = request.parameter("digest").orElse("");
                if (!digest(whole).equals(digest)) {
                    yield WebAnswer.error(400, "DIGEST_INVALID");
                }
                blobs.put(repository + "/" + digest, whole);
                yield WebAnswer.of(201, Map.of("Location", "/v2/" + repository + "/blobs/" + digest), Bytes.empty());
            }
        };
    }

    private WebAnswer start(WebRequest request, String repository, String place) {
        Optional<String> mount = request.parameter("mount");
        Optional<String> from = request.parameter("from");
        if (mount.isPresent() && from.isPresent()) {
            Bytes content = blobs.get(from.get() + "/" + mount.get());
            if (content != null) {
                blobs.put(repository + "/" + mount.get(), content);
                return WebAnswer.of(201, Map.of("Location", "/v2/" + repository + "/blobs/" + mount.get()), Bytes.empty());
            }
        }
        return WebAnswer.of(202, Map.of("Location", place + sessions.incrementAndGet()), Bytes.empty());
    }

    private static Map<String, String> range(String place, String session, Bytes content) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Location", place + session);
        headers.put("Range", "0-" + Math.max(0, content.size() - 1));
        return headers;
    }

    /// Content that is there, as a good upload would have put it.
    public void putBlob(String repository, Bytes content) {
        blobs.put(repository + "/" + digest(content), content);
    }

    @Override
    public void close() {
        web.close();
    }
}
