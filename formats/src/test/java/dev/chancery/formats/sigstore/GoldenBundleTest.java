package dev.chancery.formats.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.log.Checkpoint;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.SignedNote;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.trust.KeyDetails;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Golden;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.formats.note.CheckpointCodec;
import dev.chancery.formats.note.SignedNoteCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that cosign 3 made (`formats/src/test/regenerate-golden`).
class GoldenBundleTest {
    private static final Golden COSIGN = Golden.in("cosign");

    @Test
    void cosignsMessageSignatureIsReadAndWrittenAsTheSameBytes() throws FormatException {
        Bytes json = COSIGN.file("message.sigstore.json");
        SigstoreBundle bundle = BundleCodec.read(json);
        assertEquals(new KeyMaterial.PublicKeyHint(COSIGN.expected("keyHint")), bundle.keyMaterial());
        Content.MessageSignature content = assertInstanceOf(Content.MessageSignature.class, bundle.content());
        assertEquals("sha256:" + COSIGN.expected("artifactSha256"), content.digest().orElseThrow().toString());
        assertEquals(json, BundleCodec.write(bundle));
    }

    @Test
    void cosignsAttestationIsReadAndWrittenAsTheSameBytes() throws FormatException {
        Bytes json = COSIGN.file("statement.sigstore.json");
        SigstoreBundle bundle = BundleCodec.read(json);
        assertEquals(json, BundleCodec.write(bundle));
        DssePayload payload = assertInstanceOf(Content.Dsse.class, bundle.content()).envelope().payload();
        assertEquals(DssePayload.IN_TOTO, payload.payloadType());
        Statement statement = StatementCodec.read(payload.content());
        assertEquals(Statement.V0_1, statement.type());
        assertEquals(Map.of("sha256", COSIGN.expected("artifactSha256")), statement.subjects().getFirst().digests());
        // cosign writes the predicate anew
        assertEquals("{\"builder\":{\"id\":\"https://example.com/ö\"},\"steps\":[1,2.5,\"é\"]}", statement.predicate().utf8().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "keyless-rekor2-message,hashedrekord 0.0.2,false", "keyless-rekor2-statement,hashedrekord 0.0.2,false",
        "keyless-rekor1-message,hashedrekord 0.0.1,true", "keyless-rekor1-statement,dsse 0.0.1,true"})
    void keylessBundlesAreReadWholeAndWrittenAsTheSameBytes(String name, String kindVersion, boolean promised) throws FormatException {
        Bytes json = COSIGN.file(name + ".sigstore.json");
        SigstoreBundle bundle = BundleCodec.read(json);
        assertEquals(json, BundleCodec.write(bundle));
        TransparencyLogEntry entry = bundle.logEntries().getFirst();
        assertEquals(kindVersion, entry.kindVersion().toString());
        assertEquals(promised, entry.signedEntryTimestamp().isPresent() && entry.integratedTime().isPresent());
        InclusionProof proof = entry.inclusionProof().orElseThrow();
        SignedNote note = SignedNoteCodec.read(proof.checkpoint().orElseThrow());
        assertEquals(proof.checkpoint().orElseThrow(), SignedNoteCodec.write(note));
        Checkpoint checkpoint = CheckpointCodec.read(note);
        assertEquals(proof.treeSize(), checkpoint.treeSize());
        assertEquals(proof.rootHash(), checkpoint.rootHash());
        assertEquals(1, bundle.timestamps().size());
    }

    @Test
    void cosignsDetachedSignatureIsRead() throws FormatException {
        Bytes signature = DetachedSignature.read(COSIGN.file("message.sig"));
        assertEquals(0x30, signature.at(0)); // a DER sequence
        assertEquals(signature.size() - 2, signature.at(1));
    }

    @Test
    void cosignsTrustedRootIsRead() throws FormatException {
        TrustedRoot root = TrustedRootCodec.read(COSIGN.file("trusted-root.json"));
        var log = root.transparencyLogs().getFirst();
        assertEquals("https://rekor.example", log.baseUrl());
        assertEquals(KeyDetails.PKIX_ECDSA_P256_SHA_256, log.publicKey().details());
        assertEquals(new ValidityWindow(Instant.parse("2026-01-01T00:00:00Z"), null), log.publicKey().validFor());
        assertEquals(COSIGN.expected("logId"), log.logId().toBase64());
        assertEquals("https://ctfe.example", root.certificateTransparencyLogs().getFirst().baseUrl());
        var authority = root.certificateAuthorities().getFirst();
        assertEquals("example/ca at https://fulcio.example", authority.organization() + "/" + authority.commonName() + " at " + authority.uri());
        assertEquals(COSIGN.expected("authority"), authority.anchor().toBase64());
        assertEquals(new ValidityWindow(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-12-31T23:59:59Z")), authority.validFor());
        assertEquals(1, root.timestampAuthorities().getFirst().intermediates().size());
        assertEquals(COSIGN.expected("authority"), root.timestampAuthorities().getFirst().anchor().toBase64());
        assertEquals(root, TrustedRootCodec.read(TrustedRootCodec.write(root)));
    }

    @Test
    void anEmptyTrustedRootTrustsNobody() throws FormatException {
        assertEquals(new TrustedRoot(List.of(), List.of(), List.of(), List.of()), TrustedRootCodec.read(COSIGN.file("trusted-root-empty.json")));
    }
}
