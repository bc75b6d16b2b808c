package dev.chancery.formats.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.chancery.domain.approval.ApprovalAnswer;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.approval.ApprovalRequest.PolicyName;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApprovalCodecsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String HASH = "ab".repeat(32);
    private static final DssePayload PAYLOAD = new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":["
            + "{\"name\":\"app\",\"digest\":{\"sha256\":\"" + HASH + "\"}}],\"predicateType\":\"t\",\"predicate\":{}}"));

    private static ApprovalRequest request() throws FormatException {
        return ApprovalRequestCodec.request("ada", PAYLOAD, Map.of(HASH, 12L), new PolicyName("release.yaml", HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("p"))),
                Bytes.fromHex("01".repeat(16)), NOON, NOON.plusSeconds(3600));
    }

    private static Member member(DssePayload payload) {
        return new Member.Sigstore(new SigstoreBundle(SigstoreBundle.Version.V0_3, new SigstoreBundle.KeyMaterial.PublicKeyHint("hint"), List.of(), List.of(),
                new SigstoreBundle.Content.Dsse(new DsseEnvelope(payload, List.of(new DsseEnvelope.DsseSignature("", Bytes.ofUtf8("signature")))))));
    }

    private static String written(ApprovalRequest request) throws FormatException {
        return ApprovalRequestCodec.write(request, member(ApprovalRequestCodec.statement(request.id()))).utf8().orElseThrow();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws FormatException {
        ApprovalRequest request = request();
        ApprovalRequestCodec.Read read = ApprovalRequestCodec.read(Bytes.ofUtf8(written(request)));
        assertEquals(request, read.request());
        assertEquals(Optional.of(member(ApprovalRequestCodec.statement(request.id()))), read.signature());
        assertEquals(Optional.empty(), ApprovalRequestCodec.read(ApprovalRequestCodec.write(request, null)).signature());
        DssePayload statement = ApprovalAnswerCodec.statement(request, NOON);
        assertEquals(new ApprovalAnswer(member(PAYLOAD), member(statement), request.id(), request.payloadDigest(), NOON),
                ApprovalAnswerCodec.read(ApprovalAnswerCodec.write(member(PAYLOAD), member(statement), statement), PAYLOAD));
    }

    /// Computed with Python: hashlib.sha256 over the object `request` as json.dumps writes it with sorted keys and no spaces.
    @Test
    void theIdIsTheDigestOfTheCanonicalRequestHoweverItsFileIsLaidOut() throws FormatException {
        assertEquals("6382b25bdbb5f1c6f585a95c97308ade33b0b4ec43c4a5fcba15b76a6b2e0cf2", request().id().hex());
        String spaced = written(request()).replace(",\"", " ,\n  \"");
        assertEquals(request().id(), ApprovalRequestCodec.read(Bytes.ofUtf8(spaced)).request().id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"ada|eve", "3:00:00Z|3:00:01Z", "2026-11-21T12|2026-11-21T11", "release.yaml|Release.yaml", "\"12\"|\"13\"",
        "AQEBAQEBAQEBAQEBAQEBAQ==|AgEBAQEBAQEBAQEBAQEBAQ=="})
    void anyChangeMakesAnotherRequest(String part, String replacement) throws FormatException {
        String text = written(request());
        assertNotEquals(text, text.replace(part, replacement));
        assertNotEquals(request().id(), ApprovalRequestCodec.read(Bytes.ofUtf8(text.replace(part, replacement))).request().id());
    }

    /// The id is made of the request as it stands, so that one that could be written in two ways would have two (found by fuzzing).
    @Test
    void aFieldThatIsLeftOutIsRefusedThoughItWouldBeEmpty() throws FormatException {
        String text = written(request());
        String without = text.replaceAll("\"sizes\":\\{[^}]*\\},?", "").replace(",}", "}");
        assertNotEquals(text, without);
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> ApprovalRequestCodec.read(Bytes.ofUtf8(without)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "MEDIA_TYPE_UNSUPPORTED|signing-request.v1|signing-request.v2", "FIELD_MISSING|\"requester\":\"ada\",|", "FIELD_INVALID|\"ada\"|\" \"",
        "FIELD_UNKNOWN|\"requester\"|\"reqester\":1,\"requester\"", "JSON_DUPLICATE|\"requester\"|\"requester\":\"eve\",\"requester\"",
        "FIELD_INVALID|AQEBAQEBAQEBAQEBAQEBAQ==|AQEB", "BASE64_MALFORMED|AQEBAQEBAQEBAQEBAQEBAQ==|!", "FIELD_INVALID|2026-11-21T13:00:00Z|2026-11-21T12:00:00Z",
        "FIELD_INVALID|2026-11-21T13:00:00Z|2027-11-21T13:00:00Z", "FIELD_INVALID|2026-11-21T13:00:00Z|2026-11-21T14:00:00+01:00", "FIELD_INVALID|2026-11-21T13:00:00Z|soon",
        "FIELD_UNKNOWN|\"sizes\":{|\"sizes\":{\"0\":\"1\",", "FIELD_INVALID|\"12\"|\"-1\"", "FIELD_INVALID|in-toto+json|other+json", "FIELD_INVALID|\"12\"|\"012\"", "FIELD_INVALID|148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7ddfca9940|148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7ddfca99"})
    void eachDefectOfARequestIsRefusedWithItsCode(ErrorCode code, String part, String replacement) throws FormatException {
        String text = written(request());
        String edited = text.replace(part, replacement == null ? "" : replacement);
        assertNotEquals(text, edited, part);
        Refusal.expect(code, () -> ApprovalRequestCodec.read(Bytes.ofUtf8(edited)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"name\":\"request\"|\"name\":\"requests\"", "\"sha256\"|\"sha512\"", "signing-approval|signing-request",
        "2026-11-21T12:00:00Z|noon"})
    void anApprovalStatementSaysExactlyWhatItHasTo(String part, String replacement) throws FormatException {
        DssePayload sound = ApprovalAnswerCodec.statement(request(), NOON);
        String text = sound.content().utf8().orElseThrow();
        assertNotEquals(text, text.replace(part, replacement));
        DssePayload edited = new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8(text.replaceFirst(part, replacement)));
        Bytes json = ApprovalAnswerCodec.write(member(PAYLOAD), member(edited), edited);
        Refusal.expect(part.contains("sha256") ? ErrorCode.DIGEST_LENGTH : ErrorCode.FIELD_INVALID, () -> ApprovalAnswerCodec.read(json, PAYLOAD));
    }
}
