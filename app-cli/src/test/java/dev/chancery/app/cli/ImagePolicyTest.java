package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.x509.SecurityKeyCertificates;
import dev.chancery.app.cli.registry.ReferenceVerification.Outcome;
import dev.chancery.application.registry.Attachments;
import dev.chancery.application.registry.SignatureFinder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.testkit.registry.WebAnswer;
import dev.chancery.testkit.registry.WebRequest;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.attestation.AttestationVerifier;
import dev.chancery.verification.image.ImageResult;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.PolicyBinder;
import dev.chancery.verification.policy.PolicyHearing;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Policies held against everything that hangs on an image: N ordinary bundles, and whatever others add.
class ImagePolicyTest {
    private final RegistryScene scene;
    private final KeyPair ada = RegistryScene.key();
    private final KeyPair grace = RegistryScene.key();
    private final KeyPair nobody = RegistryScene.key();

    ImagePolicyTest(@TempDir Path home) throws Exception {
        scene = new RegistryScene(home);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private BoundPolicy policy(String demands) throws Exception {
        String text = """
                policy: chancery.dev/v1
                signers:
                  ada:
                    key: |
                ADA  grace:
                    key: |
                GRACEroles:
                  release: {threshold: 2, signers: [ada, grace]}
                  one: {threshold: 1, signers: [ada, grace]}
                require:
                DEMANDS
                """.replace("ADA", RegistryScene.pem(ada).indent(6)).replace("GRACE", RegistryScene.pem(grace).indent(6)).replace("DEMANDS", demands);
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        return new PolicyBinder(keys, new AttestationVerifier(SignatureVerifiers.forOne().verifier(), keys, new SecurityKeyCertificates(keys)), () -> {
            throw new IllegalStateException("no conditions here");
        }).bind(PolicyCodec.read(Bytes.ofUtf8(text)), "policy.yaml", null);
    }

    private Outcome verify(String tag, BoundPolicy... policies) throws Exception {
        return scene.verify(tag, new Wanted(null, List.of(policies)));
    }

    private BoundPolicy both() throws Exception {
        return policy("  - signatureBy: release");
    }

    @Test
    void ordinaryBundlesMeetAPolicyTogether() throws Exception {
        StoredManifest image = scene.push("both");
        scene.attach(image, RegistryScene.bundle(ada, image, ImageVerifier.SIGNATURE_TYPE));
        assertEquals(Verdict.REJECTED, verify("both", both()).verdict());
        scene.attach(image, RegistryScene.bundle(grace, image, ImageVerifier.SIGNATURE_TYPE));
        Outcome outcome = verify("both", both());
        assertEquals(Verdict.ACCEPTED, outcome.verdict());
        assertEquals(2, Objects.requireNonNull(outcome.resultOrNull()).signatures().size());
    }

    @Test
    void theLayoutsOfBothCosignsCountTogether() throws Exception {
        StoredManifest image = scene.push("mixed");
        scene.attach(image, RegistryScene.bundle(ada, image, ImageVerifier.SIGNATURE_TYPE));
        scene.attachSimple(grace, image, image);
        assertEquals(Verdict.ACCEPTED, verify("mixed", both()).verdict());
    }

    @Test
    void oneSignerIsOneHoweverOftenTheySign() throws Exception {
        StoredManifest image = scene.push("twice");
        scene.attach(image, RegistryScene.bundle(ada, image, ImageVerifier.SIGNATURE_TYPE));
        scene.attach(image, RegistryScene.bundle(ada, image, ImageVerifier.SIGNATURE_TYPE));
        scene.attachSimple(ada, image, image);
        Outcome outcome = verify("twice", both());
        assertEquals(Verdict.REJECTED, outcome.verdict());
        List<String> codes = Objects.requireNonNull(outcome.resultOrNull()).reasons().stream().map(reason -> reason.code().code()).toList();
        assertTrue(codes.contains("CHY-Q004"), codes.toString());
    }

    @Test
    void whatIsAboutAnotherImageDoesNotCount() throws Exception {
        StoredManifest good = scene.push("good");
        StoredManifest bad = scene.push("bad");
        scene.attach(bad, RegistryScene.bundle(ada, good, ImageVerifier.SIGNATURE_TYPE));
        scene.attachSimple(grace, bad, good);
        Outcome outcome = verify("bad", policy("  - signatureBy: one"));
        assertEquals(Verdict.REJECTED, outcome.verdict());
        List<String> reasons = Objects.requireNonNull(outcome.resultOrNull()).reasons().stream().map(reason -> reason.code().code() + " " + reason.message()).toList();
        assertEquals(2, reasons.stream().filter(reason -> reason.startsWith("CHY-V004 ") && reason.contains("as ada's") || reason.contains("a payload about")).count(),
                reasons.toString());
    }

    @Test
    void signaturesAndAttestationsAreDifferentDemands() throws Exception {
        StoredManifest image = scene.push("attested");
        BoundPolicy policy = policy("  - signatureBy: one\n  - attestationBy: one\n    predicateType: https://example.com/scan/v1");
        scene.attach(image, RegistryScene.bundle(ada, image, "https://example.com/scan/v1"));
        assertEquals(Verdict.REJECTED, verify("attested", policy).verdict());
        scene.attachSimple(ada, image, image);
        assertEquals(Verdict.ACCEPTED, verify("attested", policy).verdict());
    }

    @Test
    void eachOfSeveralPoliciesMustBeMet() throws Exception {
        StoredManifest image = scene.push("floor");
        scene.attach(image, RegistryScene.bundle(ada, image, ImageVerifier.SIGNATURE_TYPE));
        assertEquals(Verdict.ACCEPTED, verify("floor", policy("  - signatureBy: one")).verdict());
        assertEquals(Verdict.REJECTED, verify("floor", policy("  - signatureBy: one"), both()).verdict());
    }

    /// What couldn't be read may have been what is wanting; what is met without it is met.
    @Test
    void whatAFailingRegistryKeepsBackMakesUnmetDemandsUnknownAndTakesNothingAway() throws Exception {
        StoredManifest image = scene.push("failing");
        scene.attach(image, RegistryScene.bundle(ada, image, ImageVerifier.SIGNATURE_TYPE));
        scene.registry().hook((request, answer) -> request.path().endsWith(".sig") ? WebAnswer.error(500, "UNKNOWN") : answer);
        Outcome outcome = verify("failing", both());
        assertEquals(Verdict.UNKNOWN, outcome.verdict());
        List<String> codes = Objects.requireNonNull(outcome.resultOrNull()).reasons().stream().map(reason -> reason.code().code()).toList();
        assertTrue(codes.containsAll(List.of("CHY-R015", "CHY-R007", "CHY-V069")), codes.toString());
        assertEquals(Verdict.ACCEPTED, verify("failing", policy("  - signatureBy: one")).verdict());
    }

    @Test
    void aRegistryThatKeepsFailingIsNotAskedForEveryReferrer() throws Exception {
        StoredManifest image = scene.push("failing");
        for (int i = 0; i < 60; i++) {
            scene.attach(image, RegistryScene.bundle(nobody, image, ImageVerifier.SIGNATURE_TYPE));
        }
        scene.registry().forgetRequests();
        scene.registry().hook((request, answer) -> request.path().contains("/blobs/") ? WebAnswer.error(500, "UNKNOWN") : answer);
        Outcome outcome = verify("failing", both());
        assertEquals(Verdict.UNKNOWN, outcome.verdict());
        long asked = scene.registry().requests().stream().filter(request -> request.path().contains("/blobs/")).map(WebRequest::path).distinct().count();
        assertTrue(asked < SignatureFinder.MOST_FAILURES + SignatureFinder.AT_ONCE, asked + " were asked for");
    }

    @Test
    void anEmptyPlaceIsRejectedAndSaysThatNothingIsThere() throws Exception {
        scene.push("unsigned");
        Outcome outcome = verify("unsigned", both());
        assertEquals(Verdict.REJECTED, outcome.verdict());
        assertEquals("CHY-R014", Objects.requireNonNull(outcome.resultOrNull()).reasons().getFirst().code().code());
    }

    /// Manifests that name the good bundle with other sizes, and that claim more bytes than are read in all, come first in the list.
    @Test
    void manifestsThatLieAboutSizesHideNoSignature() throws Exception {
        StoredManifest image = scene.push("lied");
        Bytes good = RegistryScene.bundle(ada, image, ImageVerifier.SIGNATURE_TYPE);
        scene.attach(image, good);
        Map<String, Bytes> content = new HashMap<>();
        StringBuilder entries = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            Descriptor layer = i % 2 == 0 ? new Descriptor(Attachments.BUNDLE, HashAlgorithm.SHA_256.digest(good), good.size() + i)
                    : new Descriptor(Attachments.BUNDLE, HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("none " + i)), SignatureFinder.MOST_BYTES / 2 + i);
            StoredManifest manifest = OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, Attachments.BUNDLE,
                    new Descriptor(MediaTypes.EMPTY, HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("{}")), 2), List.of(layer), image.descriptor(), Map.of()));
            content.put("/v2/team/app/manifests/" + manifest.digest(), manifest.content());
            entries.append("{\"mediaType\":\"").append(MediaTypes.MANIFEST).append("\",\"size\":").append(manifest.content().size()).append(",\"digest\":\"")
                    .append(manifest.digest()).append("\"},");
        }
        scene.registry().hook((request, answer) -> {
            if (request.path().contains("/referrers/") && request.parameter("then").isEmpty()) {
                return WebAnswer.of(200, "{\"schemaVersion\":2,\"manifests\":[" + entries.substring(0, entries.length() - 1) + "]}")
                        .with("Link", "<" + request.path() + "?then=more>; rel=\"next\"");
            }
            Bytes made = content.get(request.path());
            return made == null ? answer : WebAnswer.of(200, Map.of("Content-Type", MediaTypes.MANIFEST), made);
        });
        assertEquals(Verdict.ACCEPTED, verify("lied", policy("  - signatureBy: one")).verdict());
        assertEquals(Verdict.UNKNOWN, verify("lied", both()).verdict());
    }

    /// Ten thousand bundles by somebody else, in pages, before the two that count: they cost time, and change nothing.
    @Test
    void tenThousandReferrersByOthersChangeNothing() throws Exception {
        StoredManifest image = scene.push("crowded");
        scene.attach(image, RegistryScene.bundle(ada, image, ImageVerifier.SIGNATURE_TYPE));
        scene.attach(image, RegistryScene.bundle(grace, image, ImageVerifier.SIGNATURE_TYPE));
        String junk = RegistryScene.bundle(nobody, image, ImageVerifier.SIGNATURE_TYPE).utf8().orElseThrow();
        Map<String, Bytes> content = new HashMap<>();
        StringBuilder entries = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            Bytes bundle = Bytes.ofUtf8(junk + " ".repeat(i % 100) + "\n".repeat(i / 100));
            Descriptor layer = new Descriptor(Attachments.BUNDLE, HashAlgorithm.SHA_256.digest(bundle), bundle.size());
            StoredManifest manifest = OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, Attachments.BUNDLE,
                    new Descriptor(MediaTypes.EMPTY, HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("{}")), 2), List.of(layer), image.descriptor(), Map.of()));
            content.put("/v2/team/app/blobs/" + layer.digest(), bundle);
            content.put("/v2/team/app/manifests/" + manifest.digest(), manifest.content());
            entries.append("{\"mediaType\":\"").append(MediaTypes.MANIFEST).append("\",\"size\":").append(manifest.content().size()).append(",\"digest\":\"")
                    .append(manifest.digest()).append("\"},");
        }
        scene.registry().hook((request, answer) -> {
            if (request.path().contains("/referrers/")) {
                return request.parameter("junk").isEmpty()
                        ? WebAnswer.of(200, "{\"schemaVersion\":2,\"manifests\":[" + entries.substring(0, entries.length() - 1) + "]}")
                                .with("Link", "<" + request.path() + "?junk=no>; rel=\"next\"")
                        : answer;
            }
            Bytes made = content.get(request.path());
            return made == null ? answer : WebAnswer.of(200, Map.of("Content-Type", MediaTypes.MANIFEST), made);
        });
        Outcome outcome = verify("crowded", both());
        assertEquals(Verdict.ACCEPTED, outcome.verdict());
        ImageResult result = Objects.requireNonNull(outcome.resultOrNull());
        assertEquals(2 + PolicyHearing.MOST_REJECTED, result.byPolicies().orElseThrow().evidence().size());
        assertEquals(List.of(), result.missing());
    }
}
