package dev.chancery.formats.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.Checkpoint;
import dev.chancery.domain.log.SignedNote;
import dev.chancery.domain.log.SignedNote.NoteSignature;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    /// The example of C2SP signed-note.
    private static final String POEM = """
            Ognuno sta solo sul cuor della terra
            trafitto da un raggio di sole:

            ed è subito sera.

            — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
            """;

    /// The example of C2SP tlog-checkpoint.
    private static final String SOFA = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            """;

    private static final String SIGNATURE = "— a AAAAAAA=\n";

    @Test
    void theLastEmptyLineDividesTheTextFromItsSignatures() throws FormatException {
        SignedNote note = SignedNoteCodec.read(POEM);
        assertEquals("Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n", note.text());
        NoteSignature signature = note.signatures().getFirst();
        assertEquals("quasimodo.example/salvatore", signature.keyName());
        assertEquals("367ba04b", signature.keyId().toHex()); // base64 -d | head -c 4 | xxd -p
        assertEquals(64, signature.signature().size());
    }

    @Test
    void aCheckpointHasOriginSizeAndRootHash() throws FormatException {
        Checkpoint checkpoint = CheckpointCodec.read(SignedNoteCodec.read(SOFA));
        assertEquals(new Checkpoint("example.com/behind-the-sofa", 20_852_163,
                Bytes.fromBase64("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="), List.of()), checkpoint);
    }

    @Test
    void furtherLinesOfACheckpointAreKept() throws FormatException {
        String text = "rekor.example - 1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nTimestamp: 1\nother\n";
        Checkpoint checkpoint = CheckpointCodec.read(SignedNoteCodec.read(text + "\n" + SIGNATURE));
        assertEquals(List.of("Timestamp: 1", "other"), checkpoint.extensions());
        assertEquals(text, CheckpointCodec.write(checkpoint));
    }

    @Test
    void whatIsReadIsWrittenAsTheSameText() throws FormatException {
        assertEquals(POEM, SignedNoteCodec.write(SignedNoteCodec.read(POEM)));
        assertEquals(SOFA, SignedNoteCodec.write(SignedNoteCodec.read(Bytes.ofUtf8(SOFA))));
    }

    @Test
    void aHundredSignaturesAreReadAndNoMore() throws FormatException {
        assertEquals(SignedNote.MAX_SIGNATURES, SignedNoteCodec.read("t\n\n" + SIGNATURE.repeat(100)).signatures().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> SignedNoteCodec.read("t\n\n" + SIGNATURE.repeat(101)));
    }

    @Test
    void aNoteOverOneMebibyteIsRefused() throws FormatException {
        String filler = "t".repeat(SignedNoteCodec.MAX_LENGTH - 2 - Bytes.ofUtf8(SIGNATURE).size());
        assertEquals(filler + "\n", SignedNoteCodec.read(Bytes.ofUtf8(filler + "\n\n" + SIGNATURE)).text());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> SignedNoteCodec.read(Bytes.ofUtf8("t" + filler + "\n\n" + SIGNATURE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "text\n", "text\n\n", "text\n\n— a AAAAAAA=", "text\n\n- a AAAAAAA=\n", "text\n\n—a AAAAAAA=\n", "text\n\n— AAAAAAA=\n",
        "text\n\n—  AAAAAAA=\n", "text\n\n— a+b AAAAAAA=\n", "text\n\n— a\u00a0b AAAAAAA=\n", "text\n\n— a\u0085b AAAAAAA=\n",
        "text\n\n— a AAAAAA==\n", "te\txt\n\n— a AAAAAAA=\n", "text\r\n\r\n— a AAAAAAA=\r\n", "text\n\n— a AAAAAAA=\nmore\n",
        "text\n\n— a AAAAAAA=\n\n"})
    void aNoteThatBreaksTheFormatIsRefused(String note) {
        Refusal.expect(ErrorCode.NOTE_MALFORMED, () -> SignedNoteCodec.read(note));
    }

    @Test
    void aSignatureThatIsNotBase64IsRefused() {
        Refusal.expect(ErrorCode.BASE64_MALFORMED, () -> SignedNoteCodec.read("text\n\n— a AAAAAAA\n"));
    }

    @Test
    void theMessageNamesTheLineOfTheNote() {
        Refusal.expect(ErrorCode.NOTE_MALFORMED, "line 5: expected a dash (U+2014), a key name and a signature, found \"x\"",
                () -> SignedNoteCodec.read("a\nb\n\n" + SIGNATURE + "x\n"));
    }

    @Test
    void aNoteThatWouldBeReadAsAnotherIsNotWritten() {
        List<NoteSignature> signatures = List.of(new NoteSignature("a b", Bytes.fromHex("00000000"), Bytes.fromHex("00")));
        assertThrows(IllegalArgumentException.class, () -> SignedNoteCodec.write(new SignedNote("text\n", signatures)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "origin\n", "origin\n1\n", "origin\n01\nHASH\n", "origin\n-1\nHASH\n", "origin\n+1\nHASH\n", "origin\n9223372036854775808\nHASH\n",
        "\n1\nHASH\n", "origin\n1\nHASH\n\nx\n"})
    void aNoteThatIsNoCheckpointIsRefused(String text) throws FormatException {
        SignedNote note = SignedNoteCodec.read(text.replace("HASH", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=") + "\n" + SIGNATURE);
        Refusal.expect(ErrorCode.CHECKPOINT_MALFORMED, () -> CheckpointCodec.read(note));
    }

    @Test
    void aRootHashOfAnotherLengthIsRefused() throws FormatException {
        SignedNote note = SignedNoteCodec.read("origin\n1\nAAAA\n\n" + SIGNATURE);
        Refusal.expect(ErrorCode.DIGEST_LENGTH, "line 3: expected 32 bytes for SHA2_256, found 3", () -> CheckpointCodec.read(note));
    }

    @Test
    void moreThanAHundredExtensionLinesAreRefused() throws FormatException {
        String head = "origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        assertEquals(100, CheckpointCodec.read(SignedNoteCodec.read(head + "x\n".repeat(100) + "\n" + SIGNATURE)).extensions().size());
        Refusal.expect(ErrorCode.TOO_LARGE,
                () -> CheckpointCodec.read(SignedNoteCodec.read(head + "x\n".repeat(101) + "\n" + SIGNATURE)));
    }
}
