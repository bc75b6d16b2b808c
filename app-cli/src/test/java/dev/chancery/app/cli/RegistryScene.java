package dev.chancery.app.cli;

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
import dev.chancery.verification.VerificationCrypto;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import dev.chancery.verification.policy.PolicyVerifier;
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

/// A registry in memory, images in it, and signatures put together by hand with the JDK alone.
final class RegistryScene implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();

    private final MemoryRegistry registry;
    private final OciRepositories repositories;

    RegistryScene(Path home) throws Exception {
        registry = MemoryRegistry.start(true);
        repositories = new OciRepositories(_ -> null, home, new Timing(CLOCK, _ -> { }, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5),
                Duration.ofSeconds(60)));
    }

    MemoryRegistry registry() {
        return registry;
    }

    Repository repository() throws RegistryException {
        return repositories.openForWriting(new OciPlace.Registry(registry.host(), "team/app"), RegistryAccess.USUAL);
    }

    static KeyPair key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    static String pem(KeyPair key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static StoredManifest image(String text) {
        Bytes config = Bytes.ofUtf8("{}");
        return OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, null,
                new Descriptor(MediaTypes.EMPTY, HashAlgorithm.SHA_256.digest(config), config.size()), List.of(), null, Map.of("text", text)));
    }

    StoredManifest push(String tag) throws Exception {
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

    /// As cosign 3 makes it.
    static Bytes bundle(KeyPair by, StoredManifest image, String predicateType) throws Exception {
        String statement = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\"" + image.digest().hex()
                + "\"}}],\"predicateType\":\"" + predicateType + "\",\"predicate\":{}}";
        String encoded = "DSSEv1 28 application/vnd.in-toto+json " + statement.length() + " " + statement;
        return Bytes.ofUtf8("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{}},"
                + "\"dsseEnvelope\":{\"payload\":\"" + Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8))
                + "\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\""
                + signature(by, encoded.getBytes(StandardCharsets.UTF_8)) + "\"}]}}");
    }

    void attach(StoredManifest image, Bytes bundle) throws Exception {
        try (Repository repository = repository()) {
            new Attachments(CLOCK).attachBundle(repository, image, bundle, ImageVerifier.SIGNATURE_TYPE);
        }
    }

    /// As cosign 2 makes it.
    ///
    /// @param named the image that the payload is about
    void attachSimple(KeyPair by, StoredManifest image, StoredManifest named) throws Exception {
        Bytes payload = new SimpleSigning("team/app", named.digest()).write();
        try (Repository repository = repository()) {
            new Attachments(CLOCK).attachSimpleSigning(repository, image, payload, Bytes.fromBase64(signature(by, payload.toByteArray())));
        }
    }

    Outcome verify(String tag, Wanted wanted) throws Exception {
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        VerificationCrypto crypto = ChanceryModule.verificationCrypto(ChanceryModule.signatureVerifier(false), keys, ChanceryModule.certificateReader(keys),
                ChanceryModule.authorityPaths(false));
        VerificationEngine engine = new VerificationEngine(crypto, CLOCK);
        return new ReferenceVerification(repositories, new ImageVerifier(engine, new PolicyVerifier(engine, crypto, CLOCK)))
                .verify(OciReference.parse("oci://" + registry.host() + "/team/app:" + tag), RegistryAccess.USUAL, wanted);
    }

    @Override
    public void close() {
        registry.close();
    }
}
