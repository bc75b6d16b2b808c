package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.testkit.peers.PeerFiles;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Damage of any kind ends in an answer, never in an exception. The seed is fixed and stands in the messages.
class MutatedBundlesTest {
    static final List<String> BUNDLES = PeerFiles.KEYLESS;

    private static final long SEED = 20261121;
    private static final int ROUNDS = 300;
    private static final IdentityPolicy IDENTITY =
            new IdentityPolicy(new TextMatch.Exact(PeerFiles.IDENTITY), new TextMatch.Exact(PeerFiles.ISSUER));

    private final VerificationEngine engine = Engines.real();

    @ParameterizedTest
    @FieldSource("BUNDLES")
    void aBundleOfWhichSomeBytesAreChangedGetsAnAnswer(String name) throws Exception {
        TrustedRoot root = TrustedRootCodec.read(PeerFiles.trustedRootOf(name));
        byte[] whole = PeerFiles.bundle(name).toByteArray();
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = whole.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            VerificationResult result = verify(Bytes.copyOf(damaged), root);
            assertEquals(result.verdict() == Verdict.ACCEPTED, result.reasons().isEmpty(), "round " + round + " of seed " + SEED);
        }
    }

    @ParameterizedTest
    @FieldSource("BUNDLES")
    void aCertificateOfWhichAnyBitIsChangedIsNotAccepted(String name) throws Exception {
        TrustedRoot root = TrustedRootCodec.read(PeerFiles.trustedRootOf(name));
        SigstoreBundle bundle = BundleCodec.read(PeerFiles.bundle(name));
        byte[] leaf = ((KeyMaterial.Certificates) bundle.keyMaterial()).leaf().toByteArray();
        Random random = new Random(SEED);
        for (int at = 0; at < leaf.length; at += 1 + random.nextInt(8)) {
            leaf[at] ^= (byte) (1 << random.nextInt(8));
            SigstoreBundle damaged = new SigstoreBundle(bundle.version(), new KeyMaterial.Certificates(List.of(Bytes.copyOf(leaf))), bundle.logEntries(),
                    bundle.timestamps(), bundle.content());
            assertNotEquals(Verdict.ACCEPTED, verify(BundleCodec.write(damaged), root).verdict(), "byte " + at + " of seed " + SEED);
            leaf = ((KeyMaterial.Certificates) bundle.keyMaterial()).leaf().toByteArray();
        }
    }

    private VerificationResult verify(Bytes json, TrustedRoot root) {
        return engine.verify(new VerificationRequest(new Evidence.BundleBytes(json), Engines.content(PeerFiles.read(PeerFiles.ARTIFACT)),
                new Trust.Identity(IDENTITY, root), new Expectations(null)));
    }
}
