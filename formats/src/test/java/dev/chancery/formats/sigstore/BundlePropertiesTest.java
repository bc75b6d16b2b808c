package dev.chancery.formats.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bundle.SigstoreBundle.Version;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Golden;
import dev.chancery.formats.Seed;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What holds for all bundles and all inputs.
class BundlePropertiesTest {
    private static final int ROUNDS = 1_000;

    private final RandomGenerator random = Seed.of(BundlePropertiesTest.class);

    @Test
    void whatIsWrittenIsReadAsTheSame() throws FormatException {
        for (int i = 0; i < ROUNDS; i++) {
            SigstoreBundle bundle = bundle();
            Bytes json = BundleCodec.write(bundle);
            assertEquals(bundle, BundleCodec.read(json));
            assertEquals(json, BundleCodec.write(BundleCodec.read(json)));
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void aChangedByteEndsInAValueOrARefusal() {
        Golden cosign = Golden.in("cosign");
        for (Bytes golden : List.of(cosign.file("message.sigstore.json"), cosign.file("statement.sigstore.json"), cosign.file("key-message.bundle"),
                cosign.file("keyless-rekor1-statement.sigstore.json"), cosign.file("keyless-rekor2-message.sigstore.json"), BundleCodec.write(bundle()))) {
            for (int at = 0; at < golden.size(); at++) {
                byte[] mutant = golden.toByteArray();
                mutant[at] = (byte) (random.nextBoolean() ? golden.at(at) ^ 1 << random.nextInt(8) : "\"{}[],:\\0".charAt(random.nextInt(9)));
                readOrRefuse(Bytes.copyOf(mutant));
                if (random.nextInt(4) == 0) {
                    readOrRefuse(golden.slice(0, at));
                    readOrRefuse(golden.slice(0, at).concat(golden.slice(at + 1, golden.size())));
                }
            }
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void partsPutTogetherAtRandomEndInAValueOrARefusal() {
        for (int i = 0; i < ROUNDS; i++) {
            Bytes one = BundleCodec.write(bundle());
            Bytes other = BundleCodec.write(bundle());
            Bytes part = one.slice(0, random.nextInt(one.size()));
            readOrRefuse(part.concat(other.slice(random.nextInt(other.size()), other.size())));
            byte[] junk = new byte[random.nextInt(200)];
            random.nextBytes(junk);
            readOrRefuse(Bytes.copyOf(junk));
            readOrRefuse(part.concat(Bytes.copyOf(junk)).concat(other));
        }
    }

    /// Any other exception fails the test.
    private static void readOrRefuse(Bytes input) {
        try {
            BundleCodec.read(input);
        } catch (FormatException e) {
            assertEquals('F', e.problem().code().code().charAt(4));
        }
    }

    private SigstoreBundle bundle() {
        Version version = pick(Version.values());
        KeyMaterial material = random.nextBoolean() ? new KeyMaterial.PublicKeyHint(text())
                : new KeyMaterial.Certificates(some(version == Version.V0_3 ? 1 : 1 + random.nextInt(3), () -> bytes(1)));
        return new SigstoreBundle(version, material, some(random.nextInt(3), () -> entry(version)), some(random.nextInt(3), () -> bytes(1)), content());
    }

    private Content content() {
        if (random.nextBoolean()) {
            HashAlgorithm algorithm = pick(HashAlgorithm.values());
            return new Content.MessageSignature(random.nextInt(5) == 0 ? null : new Digest(algorithm, exactly(algorithm.length())), bytes(1));
        }
        return new Content.Dsse(new DsseEnvelope(new DssePayload("t" + text(), bytes(1)),
                some(random.nextInt(3), () -> new DsseEnvelope.DsseSignature(text(), bytes(1)))));
    }

    private TransparencyLogEntry entry(Version version) {
        boolean promise = version == Version.V0_1 || random.nextBoolean();
        boolean proof = version != Version.V0_1 || random.nextBoolean();
        long seconds = random.nextLong(253_402_300_800L);
        return new TransparencyLogEntry(number(), bytes(1), new TransparencyLogEntry.KindVersion("k" + text(), "v" + text()),
                seconds == 0 || random.nextInt(4) == 0 ? null : Instant.ofEpochSecond(seconds), promise ? bytes(1) : null,
                proof ? proof(version) : null, bytes(0));
    }

    private InclusionProof proof(Version version) {
        @Nullable String checkpoint = version == Version.V0_1 && random.nextBoolean() ? null : "c" + text();
        return new InclusionProof(number(), exactly(32), number(), some(random.nextInt(5), () -> exactly(32)), checkpoint);
    }

    private long number() {
        return random.nextLong() >>> 1 + random.nextInt(63);
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x20000);
            out.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '?' : c);
        }
        return out.toString();
    }

    private Bytes bytes(int least) {
        return exactly(least + random.nextInt(70));
    }

    private Bytes exactly(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static <T> List<T> some(int count, Supplier<T> each) {
        return Stream.generate(each).limit(count).toList();
    }
}
