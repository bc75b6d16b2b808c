package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedServices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every bundle, whatever stands in it: junk that is added changes no verdict, and evidence that is taken away improves
/// none. The seeds stand in the tests' names.
class VerdictAlgebraTest {
    private static final int BUNDLES_A_SEED = 12;

    private static final ForgedServices SERVICES = ForgedServices.make();
    private static final IdentityPolicy IDENTITY =
            new IdentityPolicy(new TextMatch.Exact(ForgedCertificate.NAME), new TextMatch.Exact(ForgedCertificate.ISSUER));

    /// A bundle with everything: two logs, of which one promises a time, and a timestamp.
    private static final SigstoreBundle WHOLE =
            ForgedBundle.message(SERVICES).alsoInLog(SERVICES.first()).make();

    private static final List<TransparencyLogEntry> JUNK_ENTRIES = junkEntries();
    private static final List<Bytes> JUNK_TIMESTAMPS = List.of(Bytes.fromHex("3000"), Bytes.fromHex("3003020100"),
            ForgedBundle.message(SERVICES).make().timestamps().getFirst(),
            ForgedBundle.message(SERVICES).timestamp(timestamp -> timestamp.overOther(ForgedBundle.ARTIFACT)).make().timestamps().getFirst());

    private final VerificationEngine engine = Engines.real();

    /// One bundle's evidence, and how it is judged.
    private record Judged(List<TransparencyLogEntry> entries, List<Bytes> timestamps, Requirements requirements, TrustedRoot root) {
        Judged with(List<TransparencyLogEntry> otherEntries, List<Bytes> otherTimestamps) {
            return new Judged(otherEntries, otherTimestamps, requirements, root);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261121})
    void junkThatIsAddedChangesNoVerdict(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < BUNDLES_A_SEED; i++) {
            Judged judged = any(random);
            Verdict before = verdict(judged);
            List<TransparencyLogEntry> entries = new ArrayList<>(judged.entries());
            entries.add(random.nextInt(entries.size() + 1), pick(JUNK_ENTRIES, random));
            List<Bytes> timestamps = new ArrayList<>(judged.timestamps());
            timestamps.add(random.nextInt(timestamps.size() + 1), pick(JUNK_TIMESTAMPS, random));
            assertEquals(before, verdict(judged.with(entries, timestamps)), "bundle " + i + " of seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 20261122})
    void evidenceThatIsTakenAwayImprovesNoVerdict(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < BUNDLES_A_SEED; i++) {
            Judged judged = any(random);
            Verdict before = verdict(judged);
            for (int at = 0; at < judged.entries().size(); at++) {
                Verdict after = verdict(judged.with(without(judged.entries(), at), judged.timestamps()));
                assertTrue(worth(after) <= worth(before), "bundle " + i + " of seed " + seed + " without entry " + at + ": " + before + " became " + after);
            }
            for (int at = 0; at < judged.timestamps().size(); at++) {
                Verdict after = verdict(judged.with(judged.entries(), without(judged.timestamps(), at)));
                assertTrue(worth(after) <= worth(before), "bundle " + i + " of seed " + seed + " without timestamp " + at + ": " + before + " became " + after);
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

    private static Judged any(Random random) {
        List<TransparencyLogEntry> entries = some(WHOLE.logEntries(), JUNK_ENTRIES, random);
        if (random.nextInt(4) == 0) {
            entries.add(ofUnknownKind(WHOLE.logEntries().getFirst()));
        }
        Requirements requirements = new Requirements(random.nextInt(3), 1 + random.nextInt(2), random.nextInt(2), List.of(), 0);
        ValidityWindow window = random.nextInt(4) == 0
                ? new ValidityWindow(ForgedAuthority.START, ForgedCertificate.START.plusSeconds(4))
                : new ValidityWindow(ForgedAuthority.START, null);
        return new Judged(entries, some(WHOLE.timestamps(), JUNK_TIMESTAMPS, random), requirements, SERVICES.trustedRoot(window));
    }

    private static <T> List<T> some(List<T> good, List<T> junk, Random random) {
        List<T> chosen = new ArrayList<>();
        good.stream().filter(_ -> random.nextInt(4) > 0).forEach(chosen::add);
        junk.stream().filter(_ -> random.nextInt(4) == 0).forEach(chosen::add);
        Collections.shuffle(chosen, random);
        return chosen;
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private static <T> List<T> without(List<T> all, int at) {
        List<T> rest = new ArrayList<>(all);
        rest.remove(at);
        return rest;
    }

    private static List<TransparencyLogEntry> junkEntries() {
        TransparencyLogEntry first = WHOLE.logEntries().getFirst();
        TransparencyLogEntry second = WHOLE.logEntries().getLast();
        InclusionProof proof = first.inclusionProof().orElseThrow();
        return List.of(
                ForgedBundle.message(SERVICES).make().logEntries().getFirst(),
                ForgedBundle.message(ForgedServices.make()).make().logEntries().getFirst(),
                new TransparencyLogEntry(first.logIndex() + 1, first.logId(), first.kindVersion(), null, null, proof, first.canonicalizedBody()),
                new TransparencyLogEntry(second.logIndex(), second.logId(), second.kindVersion(), ForgedCertificate.START.plusSeconds(9),
                        second.signedEntryTimestampOrNull(), second.inclusionProofOrNull(), second.canonicalizedBody()),
                new TransparencyLogEntry(first.logIndex(), first.logId(), first.kindVersion(), null, null, new InclusionProof(proof.logIndex(),
                        proof.rootHash(), proof.treeSize(), List.of(), proof.checkpointOrNull()), first.canonicalizedBody()));
    }

    private static TransparencyLogEntry ofUnknownKind(TransparencyLogEntry entry) {
        return new TransparencyLogEntry(entry.logIndex(), entry.logId(), new KindVersion("novelty", "9.0.0"), null, null,
                entry.inclusionProofOrNull(), entry.canonicalizedBody());
    }

    private Verdict verdict(Judged judged) {
        SigstoreBundle bundle = new SigstoreBundle(WHOLE.version(), WHOLE.keyMaterial(), judged.entries(), judged.timestamps(), WHOLE.content());
        return engine.verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(bundle)), Engines.content(ForgedBundle.ARTIFACT),
                new Trust.Identity(IDENTITY, judged.root()), new Expectations(null), judged.requirements())).verdict();
    }
}
