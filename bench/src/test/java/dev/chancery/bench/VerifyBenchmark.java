package dev.chancery.bench;

import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.revocation.X509RevocationReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationCrypto;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Verification of 2 KB attestations by a P-256 key: AWS-LC's own rate, and the engine from bundle bytes to verdict.
/// `bench/run jmh VerifyBenchmark`
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class VerifyBenchmark {
    /// So many bundles are gone through, so that no single one is all that is seen.
    private static final int BUNDLES = 256;

    /// What is shared by all threads.
    @State(Scope.Benchmark)
    public static class Shared {
        private final MadeBundles maker = new MadeBundles();
        private final List<MadeBundles.Made> made = IntStream.range(0, BUNDLES).mapToObj(maker::make).toList();
        private final VerificationEngine engine = engine();
        private final Trust trust = new Trust.Key(maker.key(), null);

        private static VerificationEngine engine() {
            SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
            AuthorityPaths paths = new AuthorityPaths(new CertificateSignatures(SignatureVerifiers.providerForMany()));
            return new VerificationEngine(new VerificationCrypto(SignatureVerifiers.forMany().verifier(), keys, new X509CertificateReader(keys), paths,
                    new Rfc3161TimestampReader(paths), new X509RevocationReader(paths.signatures())), Clock.systemUTC());
        }
    }

    /// A thread's own place among the bundles.
    @State(Scope.Thread)
    public static class Place {
        private int next;

        int advance() {
            next = (next + 1) % BUNDLES;
            return next;
        }
    }

    /// A thread's own signature object.
    @State(Scope.Thread)
    public static class Raw {
        private @Nullable Signature verifier;

        /// Makes it, with the key in the provider's own form.
        @Setup
        public void make(Shared shared) throws GeneralSecurityException {
            verifier = Signature.getInstance("NONEwithECDSA", shared.maker.provider());
            verifier.initVerify(KeyFactory.getInstance("EC", shared.maker.provider())
                    .generatePublic(new X509EncodedKeySpec(shared.maker.pair().getPublic().getEncoded())));
        }

        boolean verifies(MadeBundles.Made made) throws GeneralSecurityException {
            Signature one = java.util.Objects.requireNonNull(verifier);
            one.update(made.signed().toByteArray());
            return one.verify(made.signature().toByteArray());
        }
    }

    /// AWS-LC alone, over a digest that was made before, with a key and a signature object that are used again and again.
    @Benchmark
    public boolean raw(Shared shared, Place place, Raw raw) throws GeneralSecurityException {
        return raw.verifies(shared.made.get(place.advance()));
    }

    /// From the bundle's bytes to the verdict.
    @Benchmark
    public VerificationResult engine(Shared shared, Place place) {
        MadeBundles.Made made = shared.made.get(place.advance());
        VerificationResult result = shared.engine.verify(new VerificationRequest(new Evidence.BundleBytes(made.bundle()),
                new Target.OfDigest(made.artifact()), shared.trust, new Expectations(null)));
        if (result.verdict() != Verdict.ACCEPTED) {
            throw new IllegalStateException(result.reasons().toString());
        }
        return result;
    }
}
