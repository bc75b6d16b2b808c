package dev.chancery.application.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.application.batch.BatchOutcome.Kind;
import dev.chancery.application.signing.Expectation;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.application.signing.SignedThings;
import dev.chancery.application.signing.SigningTask;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.ports.audit.AuditException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches that are begun, killed and gone on with.
class SigningBatchTest {
    @TempDir
    private Path folder;
    private Path log;
    private SignedThings things;
    private KeySession session;
    private final Map<String, Bytes> bundles = new TreeMap<>();

    @BeforeEach
    void open() throws Exception {
        log = folder.resolve("audit.log");
        things = SignedThings.with(log);
        things.keys().add("release", KeySpec.P_256);
        session = KeySession.open(things.backends(), KeyRef.parse("memory:release"), SignedThings.options(new Expectation.FromBackend(), null));
    }

    @AfterEach
    void close() {
        session.close();
    }

    /// An item whose bundle goes into a map, unless the batch is killed before that.
    private final class Item implements BatchItem {
        private final String name;
        private final String content;
        private final boolean killed;

        Item(String name, String content, boolean killed) {
            this.name = name;
            this.content = content;
            this.killed = killed;
        }

        @Override
        public SigningTask task(KeySession opened) throws ProblemException {
            return new SignArtifact(things.backends(), things.path()).task(opened, SignedThings.artifact(name, content));
        }

        @Override
        public String place() {
            return name + ".sigstore.json";
        }

        @Override
        public void checkPlace() throws ProblemException {
            if (bundles.containsKey(place())) {
                throw new Standing();
            }
        }

        @Override
        public Optional<Bytes> existing() {
            return Optional.ofNullable(bundles.get(place()));
        }

        @Override
        public void write(Bytes bundle) {
            if (killed) {
                throw new Killed();
            }
            bundles.put(place(), bundle);
        }
    }

    private static final class Standing extends ProblemException {
        private static final long serialVersionUID = 1;

        Standing() {
            super(new Problem(ErrorCode.OUTPUT_EXISTS, "nothing was signed", "something stands there", "move it away"), null);
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private SigningBatch beginning() {
        return SigningBatch.beginning(things.path(), session);
    }

    private SigningBatch resuming() throws AuditException {
        return SigningBatch.resuming(things.path(), session, things.audit(), place -> !bundles.containsKey(place));
    }

    private Item item(String name, String content) {
        return new Item(name, content, false);
    }

    private long signatures() throws AuditException {
        return things.audit().verify((index, event) -> {}).entries();
    }

    @Test
    void anItemKilledBetweenItsRecordAndItsBundleIsNotSignedAgain() throws Exception {
        assertThrows(Killed.class, () -> beginning().sign(new Item("a", "content", true)));
        assertEquals(Kind.RECOVERED, resuming().sign(item("a", "content")).kind());
        assertEquals(1, signatures());
        assertEquals(Kind.KEPT, resuming().sign(item("a", "content")).kind());
        assertEquals(1, signatures());
    }

    @Test
    void anItemWhoseContentChangedMeanwhileIsSignedAnew() throws Exception {
        assertThrows(Killed.class, () -> beginning().sign(new Item("a", "content", true)));
        assertEquals(Kind.SIGNED, resuming().sign(item("a", "other content")).kind());
        assertEquals(2, signatures());
    }

    @Test
    void whatStandsInAnItemsPlaceAndIsNotItsBundleIsLeftAlone() throws Exception {
        assertEquals(Kind.SIGNED, beginning().sign(item("a", "content")).kind());
        Bytes bundle = bundles.get("a.sigstore.json");
        BatchOutcome other = resuming().sign(item("a", "other content"));
        assertEquals(ErrorCode.OUTPUT_EXISTS, other.problem().orElseThrow().code());
        bundles.put("a.sigstore.json", Bytes.ofUtf8("no bundle"));
        assertEquals(ErrorCode.OUTPUT_EXISTS, resuming().sign(item("a", "content")).problem().orElseThrow().code());
        assertNotEquals(bundle, bundles.get("a.sigstore.json"));
        assertEquals(1, signatures());
    }

    @Test
    void aFreshBatchSignsNothingWhereABundleStands() throws Exception {
        assertEquals(Kind.SIGNED, beginning().sign(item("a", "content")).kind());
        assertEquals(ErrorCode.OUTPUT_EXISTS, beginning().sign(item("a", "content")).problem().orElseThrow().code());
        assertEquals(1, signatures());
    }

    @Test
    void twoItemsForOnePlaceAreOneTooMany() throws Exception {
        SigningBatch batch = beginning();
        assertEquals(Kind.SIGNED, batch.sign(item("a", "content")).kind());
        bundles.clear();
        assertEquals(ErrorCode.OUTPUT_EXISTS, batch.sign(item("a", "content")).problem().orElseThrow().code());
        assertEquals(1, signatures());
    }

    @Test
    void aBatchIsNotResumedOnAnAlteredLog() throws Exception {
        assertThrows(Killed.class, () -> beginning().sign(new Item("a", "content", true)));
        Files.writeString(log, Files.readString(log).replace("\"tester\"", "\"nobody\""));
        assertEquals(ErrorCode.AUDIT_BROKEN, assertThrows(AuditException.class, this::resuming).problem().code());
    }

    @Test
    void withoutALogThereIsNothingToGoOnFrom() throws Exception {
        assertEquals(Kind.SIGNED, resuming().sign(item("a", "content")).kind());
    }
}
