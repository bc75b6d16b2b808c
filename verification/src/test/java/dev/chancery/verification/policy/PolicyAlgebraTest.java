package dev.chancery.verification.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.verification.Engines;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Verdict;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every policy and every set of bundles: junk that is added changes no verdict, a bundle that is taken away improves none, and
/// their order decides nothing. The seeds stand in the tests' names.
class PolicyAlgebraTest {
    private static final int SETS_A_SEED = 15;
    private static final ForgedServices SERVICES = ForgedServices.make();
    private static final List<ForgedKey> KEYS = Stream.generate(ForgedKey::p256).limit(4).toList();

    private static final List<Bytes> GOOD = Stream.concat(KEYS.stream().map(PolicyAlgebraTest::by),
            Stream.of("ann", "bob").map(name -> BundleCodec.write(ForgedBundle.message(SERVICES)
                    .certificate(certificate -> certificate.forNames(new GeneralName(GeneralName.rfc822Name, name + "@forge.test"))).make()))).toList();
    private static final List<Bytes> JUNK = List.of(Bytes.ofUtf8("junk"), by(ForgedKey.p256()), BundleCodec.write(ForgedBundle.message(SERVICES).make()),
            BundleCodec.write(ForgedBundle.message(ForgedServices.make())
                    .certificate(certificate -> certificate.forNames(new GeneralName(GeneralName.rfc822Name, "ann@forge.test"))).make()),
            by(ForgedKey.p256(), KEYS.getFirst().spkiHash().toBase64()), BundleCodec.write(ForgedBundle.attestation(SERVICES).make()));

    private static Bytes by(ForgedKey key) {
        return by(key, key.spkiHash().toBase64());
    }

    private static Bytes by(ForgedKey key, String hint) {
        return BundleCodec.write(new SigstoreBundle(SigstoreBundle.Version.V0_3, new SigstoreBundle.KeyMaterial.PublicKeyHint(hint), List.of(), List.of(),
                new SigstoreBundle.Content.MessageSignature(HashAlgorithm.SHA_256.digest(ForgedBundle.ARTIFACT), key.sign(ForgedBundle.ARTIFACT))));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 20261123})
    void junkChangesNothingNorDoesTheOrderAndTakingAwayImprovesNothing(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < SETS_A_SEED; i++) {
            BoundPolicy policy = policy(random);
            List<Bytes> bundles = new ArrayList<>();
            GOOD.stream().filter(_ -> random.nextInt(3) > 0).forEach(bundles::add);
            Verdict before = verdict(policy, bundles);
            String place = "set " + i + " of seed " + seed + ": " + policy.policy();
            List<Bytes> more = new ArrayList<>(bundles);
            JUNK.stream().filter(_ -> random.nextInt(3) == 0).forEach(more::add);
            Collections.shuffle(more, random);
            assertEquals(before, verdict(policy, more), () -> place);
            for (int at = 0; at < bundles.size(); at++) {
                List<Bytes> rest = new ArrayList<>(bundles);
                rest.remove(at);
                assertTrue(worth(verdict(policy, rest)) <= worth(before), () -> place);
            }
        }
    }

    private static int worth(Verdict verdict) {
        return switch (verdict) {
            case REJECTED -> 0;
            case UNKNOWN -> 1;
            case ACCEPTED -> 2;
        };
    }

    private static Verdict verdict(BoundPolicy policy, List<Bytes> bundles) {
        return Engines.policies(Engines.CLOCK).verify(bundles.stream().map(bundle -> new Offered("bundle", new Evidence.BundleBytes(bundle))).toList(),
                Engines.content(ForgedBundle.ARTIFACT), List.of(policy)).verdict();
    }

    /// Roles that overlap, of keys, shared persons and identities; sometimes by logs whose keys are retired, so that identities can't be judged.
    private static BoundPolicy policy(Random random) throws ProblemException {
        StringBuilder yaml = new StringBuilder("policy: chancery.dev/v1\nsigners:\n");
        for (int i = 0; i < KEYS.size(); i++) {
            yaml.append("  k").append(i).append(": {person: p").append(i / 2).append(", key: \"-----BEGIN PUBLIC KEY-----\\n")
                    .append(Base64.getEncoder().encodeToString(KEYS.get(i).spki().toByteArray())).append("\\n-----END PUBLIC KEY-----\\n\"}\n");
        }
        for (String name : List.of("ann", "bob")) {
            yaml.append("  ").append(name).append(": {identity: {name: ").append(name).append("@forge.test, issuer: '").append(ForgedCertificate.ISSUER).append("'}}\n");
        }
        int first = 1 + random.nextInt(3);
        yaml.append("roles:\n  one: {threshold: ").append(first).append(", signers: [k0, k1, k2, ann], distinct: ").append(random.nextBoolean() ? "person" : "signer")
                .append("}\n  two: {threshold: ").append(1 + random.nextInt(2)).append(", signers: [k1, k3, ann, bob]}\nrequire:\n  - signatureBy: one\n");
        if (random.nextBoolean()) {
            yaml.append("  - signatureBy: two\n");
        }
        TrustedRoot root = random.nextInt(3) == 0
                ? SERVICES.trustedRoot(new ValidityWindow(ForgedAuthority.START, ForgedCertificate.START.plusSeconds(4)))
                : SERVICES.trustedRoot();
        return new PolicyBinder(new SpkiPublicKeyDecoder(), Engines.attestations(), () -> { throw new AssertionError(); }).bind(PolicyCodec.read(Bytes.ofUtf8(yaml.toString())), "any", root);
    }
}
