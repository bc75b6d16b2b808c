package dev.chancery.domain.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.bytes.Bytes;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogRulesTest {
    private static final Bytes HASH = Bytes.copyOf(new byte[32]);

    @Test
    void aProofHasAtMostSixtyFourHashesOfThirtyTwoBytes() {
        assertEquals(64, new InclusionProof(0, HASH, 1, Collections.nCopies(InclusionProof.MAX_HASHES, HASH), null).hashes().size());
        assertThrows(IllegalArgumentException.class, () -> new InclusionProof(0, HASH, 1, Collections.nCopies(65, HASH), null));
        assertThrows(IllegalArgumentException.class, () -> new InclusionProof(0, HASH, 1, List.of(Bytes.fromHex("00")), null));
        assertThrows(IllegalArgumentException.class, () -> new InclusionProof(0, Bytes.empty(), 1, List.of(), null));
        assertThrows(IllegalArgumentException.class, () -> new InclusionProof(-1, HASH, 1, List.of(), null));
        assertThrows(IllegalArgumentException.class, () -> new InclusionProof(0, HASH, -1, List.of(), null));
    }

    @Test
    void anEntryNamesItsLogAndItsKind() {
        var kind = new TransparencyLogEntry.KindVersion("hashedrekord", "0.0.1");
        assertEquals("hashedrekord 0.0.1", kind.toString());
        assertThrows(IllegalArgumentException.class, () -> new TransparencyLogEntry(0, Bytes.empty(), kind, null, null, null, HASH));
        assertThrows(IllegalArgumentException.class, () -> new TransparencyLogEntry(-1, HASH, kind, null, null, null, HASH));
        assertThrows(IllegalArgumentException.class, () -> new TransparencyLogEntry.KindVersion("", "1"));
    }

    @Test
    void aCheckpointHasAnOriginASizeAndAHash() {
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint("", 1, HASH, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint("o", -1, HASH, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint("o", 1, Bytes.empty(), List.of()));
    }

    @Test
    void aNoteEndsItsTextWithALineBreakAndIsSigned() {
        var signature = new SignedNote.NoteSignature("a", Bytes.fromHex("00000000"), Bytes.fromHex("00"));
        assertEquals(Bytes.ofUtf8("ü\n"), new SignedNote("ü\n", List.of(signature)).signedBytes());
        assertThrows(IllegalArgumentException.class, () -> new SignedNote("t", List.of(signature)));
        assertThrows(IllegalArgumentException.class, () -> new SignedNote("t\n", List.of()));
        assertThrows(IllegalArgumentException.class, () -> new SignedNote.NoteSignature("a", Bytes.fromHex("00"), Bytes.fromHex("00")));
    }
}
