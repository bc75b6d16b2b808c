package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.app.cli.registry.ReferenceVerification.Outcome;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import dev.chancery.testkit.registry.WebAnswer;
import dev.chancery.testkit.registry.WebRequest;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.ByTrust;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a registry answers, the verdict is never better than the evidence, and an error is never taken for "unsigned".
class HostileRegistryTest {
    private final RegistryScene scene;
    private final MemoryRegistry registry;
    private final KeyPair key;
    private final KeyPair otherKey;

    HostileRegistryTest(@TempDir Path home) throws Exception {
        scene = new RegistryScene(home);
        registry = scene.registry();
        key = RegistryScene.key();
        otherKey = RegistryScene.key();
    }

    @AfterEach
    void stop() {
        scene.close();
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

    private Outcome verify(String tag) throws Exception {
        Trust trust = new Trust.Key(new SpkiPublicKeyDecoder().decodePem(Bytes.ofUtf8(RegistryScene.pem(key))), null);
        return scene.verify(tag, new Wanted(new ByTrust(trust, Requirements.NONE, ImageVerifier.SIGNATURE_TYPE), List.of()));
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
        StoredManifest signed = scene.push("signed");
        scene.attach(signed, RegistryScene.bundle(key, signed, ImageVerifier.SIGNATURE_TYPE));
        assertEquals(Verdict.ACCEPTED, verify("signed").verdict());
        scene.push("unsigned");
        assertEquals(Verdict.REJECTED, verify("unsigned").verdict());
        assertEquals(Verdict.UNKNOWN, verify("absent").verdict());
        StoredManifest old = scene.push("old");
        scene.attachSimple(key, old, old);
        assertEquals(Verdict.ACCEPTED, verify("old").verdict());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtAnyRequestNeverMakesASignedArtifactUnsigned(Fault fault) throws Exception {
        StoredManifest image = scene.push("signed");
        scene.attach(image, RegistryScene.bundle(key, image, ImageVerifier.SIGNATURE_TYPE));
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
        scene.push("unsigned");
        for (String path : paths("unsigned")) {
            registry.hook((request, answer) -> at(path, fault, request, answer));
            boolean noApi = fault == Fault.NOT_FOUND_BY_A_PROXY && path.contains("/referrers/");
            assertEquals(noApi ? Verdict.REJECTED : Verdict.UNKNOWN, verify("unsigned").verdict(), () -> fault + " at " + path);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtAnyRequestNeverMakesAnotherKeysSignatureGood(Fault fault) throws Exception {
        StoredManifest image = scene.push("other");
        scene.attach(image, RegistryScene.bundle(otherKey, image, ImageVerifier.SIGNATURE_TYPE));
        scene.attachSimple(otherKey, image, image);
        for (String path : paths("other")) {
            registry.hook((request, answer) -> at(path, fault, request, answer));
            assertNotEquals(Verdict.ACCEPTED, verify("other").verdict(), () -> fault + " at " + path);
        }
    }

    @Test
    void evidenceForAnotherArtifactIsNoEvidence() throws Exception {
        StoredManifest good = scene.push("good");
        StoredManifest bad = scene.push("bad");
        scene.attach(bad, RegistryScene.bundle(key, good, ImageVerifier.SIGNATURE_TYPE));
        scene.attachSimple(key, bad, good);
        Outcome outcome = verify("bad");
        assertEquals(Verdict.REJECTED, outcome.verdict());
        assertEquals(List.of("CHY-V004", "CHY-V004"), java.util.Objects.requireNonNull(outcome.resultOrNull()).reasons().stream()
                .map(reason -> reason.code().code()).toList());
    }

    @Test
    void aReferrerThatTheListPutsUnderAnotherSubjectIsPassedOver() throws Exception {
        StoredManifest good = scene.push("good");
        scene.attach(good, RegistryScene.bundle(key, good, ImageVerifier.SIGNATURE_TYPE));
        StoredManifest bad = scene.push("bad");
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
        try (Repository repository = scene.repository()) {
            return repository.manifest(repository.referrers(subject.digest()).descriptors().getFirst().digest()).orElseThrow();
        } catch (RegistryException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAttestationIsNoSignature() throws Exception {
        StoredManifest image = scene.push("attested");
        scene.attach(image, RegistryScene.bundle(key, image, "https://example.com/scan/v1"));
        assertEquals(Verdict.REJECTED, verify("attested").verdict());
    }

    @Test
    void aGoodSignatureIsGoodWhateverElseHangsThere() throws Exception {
        StoredManifest image = scene.push("crowded");
        scene.attach(image, Bytes.ofUtf8("no bundle"));
        scene.attach(image, RegistryScene.bundle(otherKey, image, ImageVerifier.SIGNATURE_TYPE));
        scene.attach(image, RegistryScene.bundle(key, image, ImageVerifier.SIGNATURE_TYPE));
        Outcome outcome = verify("crowded");
        assertEquals(Verdict.ACCEPTED, outcome.verdict());
        assertEquals(1, java.util.Objects.requireNonNull(outcome.resultOrNull()).signatures().size());
        assertFalse(outcome.resultOrNull().items().stream().allMatch(item -> item.verdict() == Verdict.ACCEPTED));
    }

    /// An upload that ends anywhere leaves nothing that reads as a signature but the whole of it.
    @Test
    void anInterruptedUploadLeavesNoSignature() throws Exception {
        StoredManifest image = scene.push("interrupted");
        Bytes bundle = RegistryScene.bundle(key, image, ImageVerifier.SIGNATURE_TYPE);
        for (String method : List.of("POST", "PUT")) {
            for (String part : List.of("/blobs/", "/manifests/")) {
                registry.hook((request, answer) -> request.method().equals(method) && request.path().contains(part)
                        ? WebAnswer.error(500, "UNKNOWN") : answer);
                boolean stored;
                try {
                    scene.attach(image, bundle);
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
