package dev.chancery.verification.approval;

import static dev.chancery.verification.approval.Ceremony.ANN;
import static dev.chancery.verification.approval.Ceremony.BOB;
import static dev.chancery.verification.approval.Ceremony.CEM;
import static dev.chancery.verification.approval.Ceremony.IN_TIME;
import static dev.chancery.verification.approval.Ceremony.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.approval.ApprovalAnswerCodec;
import dev.chancery.formats.approval.ApprovalRequestCodec;
import dev.chancery.formats.json.CanonicalJson;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.JsonValue.JsonArray;
import dev.chancery.formats.json.JsonValue.JsonObject;
import dev.chancery.formats.json.JsonValue.JsonString;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.policy.PolicyResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Attacks on requests, answers and quorums, each many times with other details. The seed of a round stands in its message.
class HundredAttacksTest {
    private static final int ROUNDS = 6;
    private static final List<ForgedKey> OFFICERS = List.of(ANN, BOB, CEM);
    private static final DssePayload PAYLOAD = Ceremony.statementAbout(ForgedBundle.ARTIFACT);

    /// Attacks on an answer, of which one more is there, and good: the quorum is one short, and the attacked answer is refused with the code.
    enum OnAnswer {
        APPROVAL_OF_ANOTHER_OFFICER(ErrorCode.APPROVAL_INVALID),
        APPROVAL_BY_A_STRANGER(ErrorCode.APPROVAL_INVALID),
        APPROVAL_DAMAGED(ErrorCode.APPROVAL_INVALID),
        APPROVAL_REPLACED_BY_THE_MEMBER(ErrorCode.APPROVAL_INVALID),
        MEMBER_OF_THE_OTHER_ANSWER(ErrorCode.APPROVAL_INVALID),
        MEMBER_RELABELLED_AS_AN_OFFICERS(ErrorCode.ANSWER_INVALID),
        MEMBER_RELABELLED_AS_NOBODYS(ErrorCode.ANSWERER_UNKNOWN),
        MEMBER_OVER_OTHER_CONTENT(ErrorCode.ANSWER_INVALID),
        MEMBER_DAMAGED(ErrorCode.ANSWER_INVALID),
        ANSWER_BY_A_STRANGER(ErrorCode.ANSWERER_UNKNOWN),
        ANSWER_TO_ANOTHER_REQUEST(ErrorCode.ANSWER_FOR_ANOTHER),
        ANSWER_ABOUT_ANOTHER_PAYLOAD(ErrorCode.APPROVAL_CONTENT_DIFFERS),
        ANSWER_TOO_LATE(ErrorCode.APPROVED_OUT_OF_TIME),
        ANSWER_TOO_EARLY(ErrorCode.APPROVED_OUT_OF_TIME),
        ANSWER_AGAIN(ErrorCode.ANSWERED_TWICE),
        REQUEST_ALTERED(ErrorCode.ANSWER_FOR_ANOTHER),
        REQUEST_FOR_OTHER_CONTENT(ErrorCode.ANSWER_FOR_ANOTHER);

        private final ErrorCode code;

        OnAnswer(ErrorCode code) {
            this.code = code;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttackedAnswerIsRefusedWithItsCodeAndCountsForNothing(OnAnswer attack) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = 31L * attack.name().hashCode() + round;
            Random random = new Random(seed);
            List<ForgedKey> officers = new ArrayList<>(OFFICERS);
            Collections.shuffle(officers, random);
            ForgedKey good = officers.get(0);
            ForgedKey attacked = officers.get(1);
            ApprovalRequest request = Ceremony.request(random.nextInt(200), PAYLOAD);
            ApprovalRequest assembled = switch (attack) {
                case REQUEST_ALTERED -> altered(request, random);
                case REQUEST_FOR_OTHER_CONTENT -> Ceremony.request(1, Ceremony.statementAbout(Bytes.ofUtf8("other")));
                default -> request;
            };
            AssemblyResult result = Ceremony.assemble(assembled, Ceremony.answer(good, request, IN_TIME), bad(attack, request, attacked, good, random));
            String name = attack + " with seed " + seed;
            assertEquals(Set.of(attack.code), Ceremony.codes(result, 1), name);
            assertEquals(Verdict.REJECTED, result.verdict(), name);
            assertTrue(result.quorum().isEmpty(), name);
            assertTrue(result.reasons().stream().anyMatch(reason -> reason.code() == ErrorCode.QUORUM_SHORT), name);
        }
    }

    private static Bytes bad(OnAnswer attack, ApprovalRequest request, ForgedKey key, ForgedKey other, Random random) throws Exception {
        DssePayload statement = ApprovalAnswerCodec.statement(request, IN_TIME);
        Member member = Ceremony.by(key, request.payload());
        return switch (attack) {
            case APPROVAL_OF_ANOTHER_OFFICER -> ApprovalAnswerCodec.write(member, Ceremony.by(other, statement), statement);
            case APPROVAL_BY_A_STRANGER -> ApprovalAnswerCodec.write(member, Ceremony.by(MALLORY, statement), statement);
            case APPROVAL_DAMAGED -> ApprovalAnswerCodec.write(member, Ceremony.member(key, damaged(key.sign(statement.preAuthEncoding().bytes()), random), statement),
                    statement);
            case APPROVAL_REPLACED_BY_THE_MEMBER -> ApprovalAnswerCodec.write(member, member, statement);
            case MEMBER_OF_THE_OTHER_ANSWER -> ApprovalAnswerCodec.write(Ceremony.by(other, request.payload()), Ceremony.by(key, statement), statement);
            case MEMBER_RELABELLED_AS_AN_OFFICERS -> ApprovalAnswerCodec.write(Ceremony.member(other, key.sign(request.payload().preAuthEncoding().bytes()),
                    request.payload()), Ceremony.by(key, statement), statement);
            case MEMBER_RELABELLED_AS_NOBODYS -> ApprovalAnswerCodec.write(Ceremony.member(MALLORY, key.sign(request.payload().preAuthEncoding().bytes()),
                    request.payload()), Ceremony.by(key, statement), statement);
            case MEMBER_OVER_OTHER_CONTENT -> ApprovalAnswerCodec.write(Ceremony.member(key,
                    key.sign(Ceremony.statementAbout(Bytes.ofUtf8("other " + random.nextInt())).preAuthEncoding().bytes()), request.payload()),
                    Ceremony.by(key, statement), statement);
            case MEMBER_DAMAGED -> ApprovalAnswerCodec.write(Ceremony.member(key, damaged(key.sign(request.payload().preAuthEncoding().bytes()), random),
                    request.payload()), Ceremony.by(key, statement), statement);
            case ANSWER_BY_A_STRANGER -> Ceremony.answer(MALLORY, request, IN_TIME);
            case ANSWER_TO_ANOTHER_REQUEST -> Ceremony.answer(key, Ceremony.request(201 + random.nextInt(50), request.payload()), IN_TIME);
            case ANSWER_ABOUT_ANOTHER_PAYLOAD -> aboutAnotherPayload(request, key);
            case ANSWER_TOO_LATE -> Ceremony.answer(key, request, Ceremony.EXPIRES.plusSeconds(1 + random.nextInt(1_000_000)));
            case ANSWER_TOO_EARLY -> Ceremony.answer(key, request, Ceremony.CREATED.minus(ApprovalRequest.CLOCK_SKEW).minusSeconds(1 + random.nextInt(1_000_000)));
            case ANSWER_AGAIN -> Ceremony.answer(other, request, IN_TIME.plusSeconds(random.nextInt(1000)));
            case REQUEST_ALTERED, REQUEST_FOR_OTHER_CONTENT -> Ceremony.answer(key, request, IN_TIME);
        };
    }

    /// As no sound program makes it: this request's id, and a payload that isn't this request's.
    private static Bytes aboutAnotherPayload(ApprovalRequest request, ForgedKey key) throws FormatException {
        String text = ApprovalAnswerCodec.statement(request, IN_TIME).content().utf8().orElseThrow();
        DssePayload statement = new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8(text.replace(request.payloadDigest().hex(), "ab".repeat(32))));
        return ApprovalAnswerCodec.write(Ceremony.by(key, request.payload()), Ceremony.by(key, statement), statement);
    }

    private static ApprovalRequest altered(ApprovalRequest request, Random random) throws FormatException {
        return switch (random.nextInt(4)) {
            case 0 -> ApprovalRequestCodec.request("eve", request.payload(), request.sizes(), request.policy(), request.nonce(), request.created(), request.expires());
            case 1 -> ApprovalRequestCodec.request(request.requester(), request.payload(), request.sizes(), request.policy(), request.nonce(), request.created(),
                    request.expires().plusSeconds(1));
            case 2 -> ApprovalRequestCodec.request(request.requester(), request.payload(), request.sizes(), request.policy(), Bytes.fromHex("ee".repeat(16)),
                    request.created(), request.expires());
            default -> ApprovalRequestCodec.request(request.requester(), request.payload(),
                    Map.of(request.statement().subjects().getFirst().digests().getOrDefault("sha256", ""), 7L), request.policy(), request.nonce(), request.created(),
                    request.expires());
        };
    }

    /// A changed bit of the last half, where an ECDSA signature has its number s and no lengths.
    private static Bytes damaged(Bytes signature, Random random) {
        byte[] bytes = signature.toByteArray();
        bytes[bytes.length - 1 - random.nextInt(bytes.length / 3)] ^= (byte) (1 << random.nextInt(8));
        return Bytes.copyOf(bytes);
    }

    /// Attacks on a quorum of two, which suffices: it is rejected, or not even read, with the code.
    enum OnQuorum {
        RE_ORDERED(ErrorCode.FIELD_INVALID),
        MEMBER_TWICE(ErrorCode.FIELD_INVALID),
        MEDIA_TYPE(ErrorCode.MEDIA_TYPE_UNSUPPORTED),
        FIELD_ADDED(ErrorCode.FIELD_UNKNOWN),
        FIELD_LEFT_OUT(ErrorCode.FIELD_MISSING),
        EMPTIED(ErrorCode.FIELD_MISSING),
        TRUNCATED(ErrorCode.JSON_MALFORMED),
        OTHER_PAYLOAD(ErrorCode.SIGNATURE_INVALID),
        OTHER_PAYLOAD_TYPE(ErrorCode.PAYLOAD_TYPE_MISMATCH),
        RELABELLED(ErrorCode.SIGNATURE_INVALID),
        SIGNATURES_SWAPPED(ErrorCode.SIGNATURE_INVALID),
        SIGNATURE_DAMAGED(ErrorCode.SIGNATURE_INVALID),
        MEMBER_LEFT_OUT(ErrorCode.DEMAND_NOT_MET),
        STRANGER_INSTEAD(ErrorCode.SIGNER_UNKNOWN),
        SAME_SIGNER_TWICE(ErrorCode.MEMBER_DUPLICATE),
        OTHER_ARTIFACT(ErrorCode.SUBJECT_MISMATCH);

        private final ErrorCode code;

        OnQuorum(ErrorCode code) {
            this.code = code;
        }

        /// Whether it is refused before anything is verified.
        boolean isUnreadable() {
            return compareTo(TRUNCATED) <= 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttackedQuorumIsRejectedWithItsCode(OnQuorum attack) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = 1000 + 31L * attack.name().hashCode() + round;
            Random random = new Random(seed);
            Bytes artifact = attack == OnQuorum.OTHER_ARTIFACT ? Bytes.ofUtf8("version " + random.nextInt()) : ForgedBundle.ARTIFACT;
            Bytes quorum = bad(attack, random);
            String name = attack + " with seed " + seed;
            if (attack.isUnreadable()) {
                assertEquals(attack.code, assertThrows(FormatException.class, () -> QuorumCodec.read(quorum), name).problem().code(), name);
            }
            PolicyResult result = Ceremony.verify(quorum, artifact);
            assertEquals(Verdict.REJECTED, result.verdict(), name);
            assertTrue(result.verified().isEmpty(), name);
            Set<ErrorCode> codes = result.reasons().stream().map(Reason::code).collect(Collectors.toSet());
            assertTrue(codes.contains(attack.code) && codes.contains(ErrorCode.DEMAND_NOT_MET), name + ": " + result.reasons());
        }
    }

    private static Bytes bad(OnQuorum attack, Random random) throws Exception {
        Member first = Ceremony.by(ANN, PAYLOAD);
        Member second = Ceremony.by(random.nextBoolean() ? BOB : CEM, PAYLOAD);
        Bytes sound = Ceremony.quorum(PAYLOAD, first, second);
        assertEquals(Verdict.ACCEPTED, Ceremony.verify(sound, ForgedBundle.ARTIFACT).verdict());
        ForgedKey signer = random.nextBoolean() ? ANN : CEM;
        Bytes encoding = PAYLOAD.preAuthEncoding().bytes();
        return switch (attack) {
            case RE_ORDERED -> edited(sound, "members", HundredAttacksTest::reversed);
            case MEMBER_TWICE -> edited(sound, "members", members -> repeated(members, random));
            case MEDIA_TYPE -> edited(sound, "mediaType", type -> new JsonString("application/vnd.chancery.quorum.v" + (2 + random.nextInt(9)) + "+json"));
            case FIELD_ADDED -> edited(sound, "extra" + random.nextInt(9), none -> new JsonString(""));
            case FIELD_LEFT_OUT -> edited(sound, List.of("payload", "payloadType").get(random.nextInt(2)), value -> new JsonValue.JsonNull());
            case EMPTIED -> edited(sound, "members", members -> new JsonArray(List.of()));
            case TRUNCATED -> sound.slice(0, 1 + random.nextInt(sound.size() - 1));
            case OTHER_PAYLOAD -> edited(sound, "payload", payload -> new JsonString(
                    Bytes.ofUtf8(PAYLOAD.content().utf8().orElseThrow().replace("\"predicate\":{}", "\"predicate\":{\"n\":" + random.nextInt(1000) + "}")).toBase64()));
            case OTHER_PAYLOAD_TYPE -> edited(sound, "payloadType", type -> new JsonString("application/x-" + random.nextInt(1000)));
            case RELABELLED -> Ceremony.quorum(PAYLOAD, first, Ceremony.member(BOB, MALLORY.sign(encoding), PAYLOAD));
            case SIGNATURES_SWAPPED -> Ceremony.quorum(PAYLOAD, Ceremony.member(ANN, CEM.sign(encoding), PAYLOAD), Ceremony.member(CEM, ANN.sign(encoding), PAYLOAD));
            case SIGNATURE_DAMAGED -> Ceremony.quorum(PAYLOAD, Ceremony.by(BOB, PAYLOAD), Ceremony.member(signer, damaged(signer.sign(encoding), random), PAYLOAD));
            case MEMBER_LEFT_OUT -> Ceremony.quorum(PAYLOAD, random.nextBoolean() ? first : second);
            case STRANGER_INSTEAD -> Ceremony.quorum(PAYLOAD, first, Ceremony.by(MALLORY, PAYLOAD));
            case SAME_SIGNER_TWICE -> Ceremony.quorum(PAYLOAD, Ceremony.by(signer, PAYLOAD), Ceremony.by(signer, PAYLOAD));
            case OTHER_ARTIFACT -> sound;
        };
    }

    private static JsonValue reversed(JsonValue members) {
        return members instanceof JsonArray(List<JsonValue> elements) ? new JsonArray(elements.reversed()) : members;
    }

    private static JsonValue repeated(JsonValue members, Random random) {
        List<JsonValue> all = new ArrayList<>(members instanceof JsonArray(List<JsonValue> elements) ? elements : List.of());
        int place = random.nextInt(all.size());
        all.add(place, all.get(place));
        return new JsonArray(all);
    }

    private static Bytes edited(Bytes json, String member, UnaryOperator<JsonValue> edit) throws FormatException {
        Map<String, JsonValue> members = new LinkedHashMap<>(((JsonObject) StrictJson.parse(json, json.size())).members());
        members.put(member, edit.apply(Objects.requireNonNullElse(members.get(member), new JsonValue.JsonNull())));
        return CanonicalJson.encode(new JsonObject(members));
    }
}
