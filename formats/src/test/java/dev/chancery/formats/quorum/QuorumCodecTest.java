package dev.chancery.formats.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bundle.SigstoreBundle.Version;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import dev.chancery.formats.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a quorum's written form is, and what is refused.
class QuorumCodecTest {
    private static final DssePayload PAYLOAD = new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{}"));
    /// By hand: members of an object by name (RFC 8785 §3.2.3), `{}` and `sig-…` in base64.
    private static final String MEMBER_A = "{\"dsseEnvelope\":{\"signatures\":[{\"sig\":\"c2lnLWE=\"}]},"
            + "\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{\"hint\":\"a\"}}}";

    private final RandomGenerator random = Seed.of(QuorumCodecTest.class);

    @Test
    void theWrittenFormIsTheOneOfTheSpecification() {
        assertEquals("{\"mediaType\":\"application/vnd.chancery.quorum.v1+json\",\"members\":[" + MEMBER_A
                        + "],\"payload\":\"e30=\",\"payloadType\":\"application/vnd.in-toto+json\"}",
                text(QuorumCodec.write(new QuorumBundle(PAYLOAD, List.of(member("a"))))));
    }

    @Test
    void theSameMembersInAnyOrderGiveTheSameBytes() throws FormatException {
        for (int round = 0; round < 300; round++) {
            List<Member> members = new ArrayList<>(IntStream.range(0, 1 + random.nextInt(12)).mapToObj(_ -> randomMember()).toList());
            Bytes written = QuorumCodec.write(new QuorumBundle(PAYLOAD, members));
            members.add(members.get(random.nextInt(members.size())));
            Collections.shuffle(members, new Random(random.nextLong()));
            assertEquals(written, QuorumCodec.write(new QuorumBundle(PAYLOAD, members)));
            QuorumBundle read = QuorumCodec.read(written);
            assertEquals(QuorumCodec.inOrder(members), read.members());
            assertEquals(written, QuorumCodec.write(read));
        }
    }

    @Test
    void membersStandInTheOrderOfTheirDigests() {
        List<Bytes> digests = QuorumCodec.inOrder(IntStream.range(0, 50).mapToObj(_ -> randomMember()).toList()).stream()
                .map(member -> QuorumCodec.digest(member).value()).toList();
        assertEquals(digests.stream().sorted().toList(), digests);
    }

    @Test
    void membersOutOfOrderOrTwiceAreRefused() {
        List<Member> members = QuorumCodec.inOrder(List.of(member("a"), member("b")));
        String first = onlyMember(members.getFirst());
        String second = onlyMember(members.getLast());
        Refusal.expect(ErrorCode.FIELD_INVALID, "members[1]: expected members in the order of their digests, each once, found a member out of order",
                () -> QuorumCodec.read(quorum(second + "," + first)));
        Refusal.expect(ErrorCode.FIELD_INVALID, "members[1]: expected members in the order of their digests, each once, found a member a second time",
                () -> QuorumCodec.read(quorum(first + "," + first)));
    }

    @Test
    void aMemberThatSaysThePayloadAgainIsRefused() {
        Refusal.expect(ErrorCode.FIELD_UNKNOWN, () -> QuorumCodec.read(quorum(MEMBER_A.replace("{\"signatures\"", "{\"payload\":\"e30=\",\"signatures\""))));
    }

    @Test
    void aMemberOfAnotherMediaTypeIsRefused() {
        String why = Refusal.expect(ErrorCode.MEDIA_TYPE_UNSUPPORTED,
                () -> QuorumCodec.read(quorum(MEMBER_A.replace("sigstore.bundle", "other.bundle"))));
        assertTrue(why.startsWith("members[0].mediaType: "), why);
    }

    @Test
    void aMemberOverAFileOrWithTwoSignaturesIsRefused() {
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> QuorumCodec.read(quorum(MEMBER_A.replace("[{\"sig\":\"c2lnLWE=\"}]",
                "[{\"sig\":\"c2lnLWE=\"},{\"sig\":\"c2lnLWI=\"}]"))));
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> QuorumCodec.read(quorum(MEMBER_A.replace("\"dsseEnvelope\":{\"signatures\":[{\"sig\":\"c2lnLWE=\"}]}",
                "\"messageSignature\":{\"signature\":\"c2lnLWE=\"}"))));
    }

    @Test
    void aQuorumWithoutMembersOrWithTooManyIsRefused() {
        Refusal.expect(ErrorCode.FIELD_MISSING, () -> QuorumCodec.read(quorum("")));
        Refusal.expect(ErrorCode.TOO_LARGE, "members: expected at most 100 members, found 101",
                () -> QuorumCodec.read(quorum(String.join(",", Collections.nCopies(101, MEMBER_A)))));
    }

    @Test
    void otherDocumentsAndUnknownMembersAreRefused() {
        Refusal.expect(ErrorCode.MEDIA_TYPE_UNSUPPORTED, () -> QuorumCodec.read(Bytes.ofUtf8(text(quorum(MEMBER_A)).replace("quorum.v1", "quorum.v2"))));
        Refusal.expect(ErrorCode.FIELD_UNKNOWN, () -> QuorumCodec.read(Bytes.ofUtf8(text(quorum(MEMBER_A)).replace("{\"mediaType\":\"application/vnd.chancery",
                "{\"more\":1,\"mediaType\":\"application/vnd.chancery"))));
        assertTrue(QuorumCodec.isOne(quorum("")));
        assertFalse(QuorumCodec.isOne(Bytes.ofUtf8(MEMBER_A)));
        assertFalse(QuorumCodec.isOne(Bytes.ofUtf8("[")));
    }

    @Test
    void aChangedByteEndsInAValueOrARefusal() {
        Bytes golden = QuorumCodec.write(new QuorumBundle(PAYLOAD, List.of(member("a"), member("b"), randomMember())));
        for (int at = 0; at < golden.size(); at++) {
            byte[] mutant = golden.toByteArray();
            mutant[at] = (byte) (golden.at(at) ^ 1 << random.nextInt(8));
            try {
                QuorumCodec.write(QuorumCodec.read(Bytes.copyOf(mutant)));
            } catch (FormatException refused) {
                assertFalse(refused.problem().why().isEmpty());
            }
        }
    }

    private Member randomMember() {
        byte[] signature = new byte[1 + random.nextInt(80)];
        random.nextBytes(signature);
        KeyMaterial key = random.nextBoolean()
                ? new KeyMaterial.PublicKeyHint(random.nextBoolean() ? "" : Integer.toString(random.nextInt(5)))
                : new KeyMaterial.Certificates(List.of(Bytes.copyOf(signature)));
        return member(key, random.nextInt(3) == 0 ? "SHA256:" + random.nextInt(3) : "", Bytes.copyOf(signature));
    }

    private static Member member(String name) {
        return member(new KeyMaterial.PublicKeyHint(name), "", Bytes.ofUtf8("sig-" + name));
    }

    private static Member member(KeyMaterial key, String keyId, Bytes signature) {
        return new Member.Sigstore(new SigstoreBundle(Version.V0_3, key, List.of(), List.of(),
                new Content.Dsse(new DsseEnvelope(PAYLOAD, List.of(new DsseEnvelope.DsseSignature(keyId, signature))))));
    }

    private static String onlyMember(Member member) {
        String whole = text(QuorumCodec.write(new QuorumBundle(PAYLOAD, List.of(member))));
        return whole.substring(whole.indexOf('[') + 1, whole.lastIndexOf(']'));
    }

    private static Bytes quorum(String members) {
        return Bytes.ofUtf8("{\"mediaType\":\"application/vnd.chancery.quorum.v1+json\",\"payload\":\"e30=\","
                + "\"payloadType\":\"application/vnd.in-toto+json\",\"members\":[" + members + "]}");
    }

    private static String text(Bytes json) {
        return json.utf8().orElseThrow();
    }
}
