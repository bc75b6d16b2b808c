package dev.chancery.testkit.peers;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The recorded files, by name.
public final class PeerFiles {
    /// The bundles over [#ARTIFACT] by a certificate of the lab's Fulcio: per maker, log version and content.
    public static final List<String> KEYLESS = List.of("cosign-v1-keyless", "cosign-v1-keyless-attestation", "cosign-v2-keyless",
            "cosign-v2-keyless-attestation", "python-v1-keyless", "python-v2-keyless");

    /// The bundles over [#ARTIFACT] by [#KEY].
    public static final List<String> KEYED = List.of("cosign-v1-key", "cosign-v1-key-attestation", "cosign-v2-key", "cosign-v2-key-attestation");

    /// Those of cosign's older form: keyless, and by [#KEY].
    public static final List<String> OLDER = List.of("cosign-v1-older-keyless", "cosign-v1-older-key");

    /// What was signed.
    public static final String ARTIFACT = "artifact.txt";

    /// The public key, PEM.
    public static final String KEY = "key.pub";

    /// Whom the certificates are for.
    public static final String IDENTITY = "dev@lab.test";

    /// Who vouched for the identity.
    public static final String ISSUER = "http://127.0.0.1:23001";

    private PeerFiles() {}

    /// A bundle by its name in one of the lists.
    public static Bytes bundle(String name) {
        return read(name + ".json");
    }

    /// The trusted root that goes with a bundle.
    public static Bytes trustedRootOf(String bundle) {
        return read(bundle.contains("-v1-") ? "trusted-root-v1.json" : "trusted-root-v2.json");
    }

    /// A file.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public static Bytes read(String file) {
        try (InputStream in = PeerFiles.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no peer file " + file);
            }
            return Bytes.copyOf(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
