package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.oci.OciRepositories;
import dev.chancery.adapters.oci.http.Timing;
import dev.chancery.app.cli.registry.ReferenceVerification;
import dev.chancery.app.cli.registry.ReferenceVerification.Outcome;
import dev.chancery.application.registry.Attachments;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.formats.oci.SimpleSigning;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import dev.chancery.testkit.registry.WebAnswer;
import dev.chancery.testkit.registry.WebRequest;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a registry answers, the verdict is never better than the evidence, and an error is never taken for "unsigned".
class HostileRegistryTest {
    @TempDir
    Path home = Path.of("unset");

    private MemoryRegistry registry;
    private OciRepositories repositories;
    private KeyPair key;
    private KeyPair otherKey;

    HostileRegistryTest() throws Exception {
        registry = MemoryRegistry.start(true);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        key = generator.generateKeyPair();
        otherKey = generator.generateKeyPair();
        repositories = new OciRepositories(_ -> null, home, new Timing(Clock.systemUTC()));
    }

    @BeforeEach
    void clients() {
        repositories = new OciRepositories(_ -> null, home, new Timing(Clock.systemUTC(), _ -> { }, Duration.ofSeconds(5), Duration.ofSeconds(5),
                Duration.ofSeconds(5), Duration.ofSeconds(60)));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /// What goes wrong with one answer.
    @SuppressWarnings("ImmutableEnumChecker") // a function that keeps nothing: the type does not say it
    enum Fault {
        UNAUTHORIZED(_ -> WebAnswer.error(401, "UNAUTHORIZED")),
        FORBIDDEN(_ -> WebAnswer.error(403, "DENIED")),
        NOT_FOUND_BY_A_PROXY(_ -> WebAnswer.of(404, "<html>404</html>")),
        THROTTLED(_ -> WebAnswer.error(429, "TOOMANYREQUESTS")),
        FAILED(_ -> WebAnswer.error(500, "UNKNOWN")),
        UNAVAILABLE(_ -> WebAnswer.of(503, "")),
        TEAPOT(_ -> WebAnswer.of(418, "")),
        GARBAGE(answer -> WebAnswer.of(200, answer.headers(), Bytes.ofUtf8("garbage"))),
        EMPTY(answer -> WebAnswer.of(200, answer.headers(), Bytes.empty())),
        ANOTHER_OBJECT(answer -> WebAnswer.of(200, answer.headers(), Bytes.ofUtf8("{\"schemaVersion\":2}"))),
        A_PAGE(_ -> WebAnswer.of(200, Map.of("Content-Type", "text/html"), Bytes.ofUtf8("<html>Welcome</html>"))),
        CUT_OFF(answer -> answer.body().isEmpty() ? new WebAnswer(200, answer.headers(), Bytes.ofUtf8("long"), 2) : answer.cut()),
        /// To itself: [#at] knows where that is.
        ENDLESS_REDIRECT(_ -> WebAnswer.of(307, ""));

        private final UnaryOperator<WebAnswer> change;

        Fault(UnaryOperator<WebAnswer> change) {
            this.change = change;
        }
    }

    private Repository repository() throws RegistryException {
        return repositories.openForWriting(new OciPlace.Registry(registry.host(), "team/app"), RegistryAccess.USUAL);
    }

    private static StoredManifest image(String text) {
        Bytes config = Bytes.ofUtf8("{}");
        return OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, null,
                new Descriptor(MediaTypes.EMPTY, HashAlgorithm.SHA_256.digest(config), config.size()), List.of(), null, Map.of("text", text)));
    }

    private StoredManifest push(String tag) throws Exception {
        try (Repository repository = repository()) {
            StoredManifest image = image(tag);
            repository.tag(image, tag);
            return image;
        }
    }

    private static String signature(KeyPair by, byte[] message) throws Exception {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by.getPrivate());
        signature.update(message);
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    /// As cosign 3 makes it, put together by hand.
    private static Bytes bundle(KeyPair by, StoredManifest image, String predicateType) throws Exception {
        String statement = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\"" + image.digest().hex()
                + "\"}}],\"predicateType\":\"" + predicateType + "\",\"predicate\":{}}";
        String encoded = "DSSEv1 28 application/vnd.in-toto+json " + statement.length() + " " + statement;
        return Bytes.ofUtf8("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{}},"
                + "\"dsseEnvelope\":{\"payload\":\"" + Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8))
                + "\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\""
                + signature(by, encoded.getBytes(StandardCharsets.UTF_8)) + "\"}]}}");
    }

    private void attach(StoredManifest image, Bytes bundle) throws Exception {
        try (Repository repository = repository()) {
            new Attachments(Clock.systemUTC()).attachBundle(repository, image, bundle, ImageVerifier.SIGNATURE_TYPE);
        }
    }

    private void attachSimple(KeyPair by, StoredManifest image, StoredManifest named) throws Exception {
        Bytes payload = new SimpleSigning("team/app", named.digest()).write();
        try (Repository repository = repository()) {
            new Attachments(Clock.systemUTC()).attachSimpleSigning(repository, image, payload,
                    Bytes.fromBase64(signature(by, payload.toByteArray())));
        }
    }

    private Outcome verify(String tag) throws Exception {
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Trust trust = new Trust.Key(new SpkiPublicKeyDecoder().decodePem(Bytes.ofUtf8(pem)), null);
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        ImageVerifier verifier = new ImageVerifier(new VerificationEngine(ChanceryModule.verificationCrypto(
                ChanceryModule.signatureVerifier(false), keys, ChanceryModule.certificateReader(keys), ChanceryModule.authorityPaths(false)), Clock.systemUTC()));
        return new ReferenceVerification(repositories, verifier).verify(
                OciReference.parse("oci://" + registry.host() + "/team/app:" + tag), RegistryAccess.USUAL,
                new Wanted(trust, Requirements.NONE, ImageVerifier.SIGNATURE_TYPE));
    }

    /// The requests that a verification makes, each once.
    private Set<String> paths(String tag) throws Exception {
        registry.hook((_, answer) -> answer);
        registry.forgetRequests();
        verify(tag);
        Set<String> paths = new TreeSet<>();
        registry.requests().forEach(request -> paths.add(request.path()));
        return paths;
    }

    private static WebAnswer at(String path, Fault fault, WebRequest request, WebAnswer answer) {
        if (!request.path().equals(path)) {
            return answer;
        }
        WebAnswer changed = fault.change.apply(answer);
        return fault == Fault.ENDLESS_REDIRECT ? changed.with("Location", path) : changed;
    }

    @Test
    void withoutFaultsTheVerdictsAreRight() throws Exception {
        StoredManifest signed = push("signed");
        attach(signed, bundle(key, signed, ImageVerifier.SIGNATURE_TYPE));
        assertEquals(Verdict.ACCEPTED, verify("signed").verdict());
        push("unsigned");
        assertEquals(Verdict.REJECTED, verify("unsigned").verdict());
        assertEquals(Verdict.UNKNOWN, verify("absent").verdict());
        StoredManifest old = push("old");
        attachSimple(key, old, old);
        assertEquals(Verdict.ACCEPTED, verify("old").verdict());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtAnyRequestNeverMakesASignedArtifactUnsigned(Fault fault) throws Exception {
        StoredManifest image = push("signed");
        attach(image, bundle(key, image, ImageVerifier.SIGNATURE_TYPE));
        Set<String> paths = paths("signed");
        assertTrue(paths.size() >= 6, paths::toString);
        for (String path : paths) {
            registry.hook((request, answer) -> at(path, fault, request, answer));
            Verdict verdict = verify("signed").verdict();
            // A registry without the referrers API answers 404 there, in any words: that is no fault that could be told.
            boolean noApi = fault == Fault.NOT_FOUND_BY_A_PROXY && path.contains("/referrers/");
            if (!noApi) {
                assertNotEquals(Verdict.REJECTED, verdict, () -> fault + " at " + path);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtAnyRequestNeverMakesAnUnsignedArtifactAcceptedNorSurelyUnsigned(Fault fault) throws Exception {
        push("unsigned");
        for (String path : paths("unsigned")) {
            registry.hook((request, answer) -> at(path, fault, request, answer));
            boolean noApi = fault == Fault.NOT_FOUND_BY_A_PROXY && path.contains("/referrers/");
            assertEquals(noApi ? Verdict.REJECTED : Verdict.UNKNOWN, verify("unsigned").verdict(), () -> fault + " at " + path);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtAnyRequestNeverMakesAnotherKeysSignatureGood(Fault fault) throws Exception {
        StoredManifest image = push("other");
        attach(image, bundle(otherKey, image, ImageVerifier.SIGNATURE_TYPE));
        attachSimple(otherKey, image, image);
        for (String path : paths("other")) {
            registry.hook((request, answer) -> at(path, fault, request, answer));
            assertNotEquals(Verdict.ACCEPTED, verify("other").verdict(), () -> fault + " at " + path);
        }
    }

    @Test
    void evidenceForAnotherArtifactIsNoEvidence() throws Exception {
        StoredManifest good = push("good");
        StoredManifest bad = push("bad");
        attach(bad, bundle(key, good, ImageVerifier.SIGNATURE_TYPE));
        attachSimple(key, bad, good);
        Outcome outcome = verify("bad");
        assertEquals(Verdict.REJECTED, outcome.verdict());
        assertEquals(List.of("CHY-V004", "CHY-V004"), java.util.Objects.requireNonNull(outcome.resultOrNull()).reasons().stream()
                .map(reason -> reason.code().code()).toList());
    }

    @Test
    void aReferrerThatTheListPutsUnderAnotherSubjectIsPassedOver() throws Exception {
        StoredManifest good = push("good");
        attach(good, bundle(key, good, ImageVerifier.SIGNATURE_TYPE));
        StoredManifest bad = push("bad");
        registry.hook((request, answer) -> {
            if (!request.path().endsWith("/referrers/" + bad.digest())) {
                return answer;
            }
            StoredManifest referrer = referrerOf(good);
            return WebAnswer.of(200, Map.of("Content-Type", MediaTypes.INDEX), Bytes.ofUtf8("{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\""
                    + referrer.mediaType() + "\",\"digest\":\"" + referrer.digest() + "\",\"size\":" + referrer.content().size() + "}]}"));
        });
        Outcome outcome = verify("bad");
        assertEquals(Verdict.REJECTED, outcome.verdict());
        assertEquals(1, outcome.ignored());
    }

    private StoredManifest referrerOf(StoredManifest subject) {
        try (Repository repository = repository()) {
            return repository.manifest(repository.referrers(subject.digest()).descriptors().getFirst().digest()).orElseThrow();
        } catch (RegistryException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAttestationIsNoSignature() throws Exception {
        StoredManifest image = push("attested");
        attach(image, bundle(key, image, "https://example.com/scan/v1"));
        assertEquals(Verdict.REJECTED, verify("attested").verdict());
    }

    @Test
    void aGoodSignatureIsGoodWhateverElseHangsThere() throws Exception {
        StoredManifest image = push("crowded");
        attach(image, Bytes.ofUtf8("no bundle"));
        attach(image, bundle(otherKey, image, ImageVerifier.SIGNATURE_TYPE));
        attach(image, bundle(key, image, ImageVerifier.SIGNATURE_TYPE));
        Outcome outcome = verify("crowded");
        assertEquals(Verdict.ACCEPTED, outcome.verdict());
        assertEquals(1, java.util.Objects.requireNonNull(outcome.resultOrNull()).signatures().size());
        assertFalse(outcome.resultOrNull().items().stream().allMatch(item -> item.verdict() == Verdict.ACCEPTED));
    }

    /// An upload that ends anywhere leaves nothing that reads as a signature but the whole of it.
    @Test
    void anInterruptedUploadLeavesNoSignature() throws Exception {
        StoredManifest image = push("interrupted");
        Bytes bundle = bundle(key, image, ImageVerifier.SIGNATURE_TYPE);
        for (String method : List.of("POST", "PUT")) {
            for (String part : List.of("/blobs/", "/manifests/")) {
                registry.hook((request, answer) -> request.method().equals(method) && request.path().contains(part)
                        ? WebAnswer.error(500, "UNKNOWN") : answer);
                boolean stored;
                try {
                    attach(image, bundle);
                    stored = true;
                } catch (RegistryException e) {
                    stored = false;
                }
                registry.hook((_, answer) -> answer);
                if (!stored && !(method.equals("PUT") && part.equals("/manifests/"))) {
                    assertEquals(Verdict.REJECTED, verify("interrupted").verdict(), method + part);
                }
            }
        }
    }
}
