package dev.chancery.formats.quorum;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.CanonicalJson;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.formats.webauthn.AssertionCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.Map;
import java.util.TreeMap;

/// Reads and writes quorum bundles.
public final class QuorumCodec {
    private static final String MEDIA_TYPE = "mediaType";
    private static final String MEMBERS = "members";

    /// What need not be kept to tell whether a document is a quorum.
    private static final Set<String> LONG_MEMBERS = Set.of("payload", MEMBERS);

    private QuorumCodec() {}

    /// Whether JSON says that it is a quorum. It may be damaged all the same; what can't be read at all says nothing.
    public static boolean isOne(Bytes json) {
        try {
            JsonValue.JsonObject document = StrictJson.parseObject(json, QuorumBundle.MAX_LENGTH, LONG_MEMBERS).object();
            return document.members().get(MEDIA_TYPE) instanceof JsonValue.JsonString(String type) && type.equals(QuorumBundle.MEDIA_TYPE);
        } catch (FormatException _) {
            return false;
        }
    }

    /// Reads a quorum.
    ///
    /// @param json at most [QuorumBundle#MAX_LENGTH]
    /// @throws FormatException when it isn't one, is over a limit, or its members aren't in their order, each once
    public static QuorumBundle read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, QuorumBundle.MAX_LENGTH), "");
        String mediaType = fields.requiredText(MEDIA_TYPE);
        if (!mediaType.equals(QuorumBundle.MEDIA_TYPE)) {
            throw FormatException.mediaTypeUnsupported(MEDIA_TYPE, QuorumBundle.MEDIA_TYPE, FormatException.quoted(mediaType));
        }
        DssePayload payload = payload(fields);
        List<JsonValue> values = fields.array(MEMBERS);
        if (values.isEmpty()) {
            throw FormatException.fieldMissing(MEMBERS, "at least one member");
        }
        if (values.size() > QuorumBundle.MAX_MEMBERS) {
            throw FormatException.tooLarge(MEMBERS, MEMBERS, values.size(), QuorumBundle.MAX_MEMBERS);
        }
        List<Member> members = new ArrayList<>(values.size());
        Bytes before = Bytes.empty();
        for (int i = 0; i < values.size(); i++) {
            Member member = readMember(values.get(i), fields.at(MEMBERS, i), payload);
            Bytes place = digest(member).value();
            if (before.compareTo(place) >= 0) {
                throw FormatException.fieldInvalid(fields.at(MEMBERS, i), "members in the order of their digests, each once",
                        before.equals(place) ? "a member a second time" : "a member out of order");
            }
            before = place;
            members.add(member);
        }
        fields.end();
        return new QuorumBundle(payload, members);
    }

    /// A payload and its type, as the members `payload` and `payloadType`.
    ///
    /// @throws FormatException when they are absent, or the payload is too long
    public static DssePayload payload(JsonFields fields) throws FormatException {
        Bytes content = fields.requiredBytes("payload");
        if (content.size() > DssePayload.MAX_LENGTH) {
            throw FormatException.tooLarge(fields.at("payload"), "bytes", content.size(), DssePayload.MAX_LENGTH);
        }
        String type = fields.requiredText("payloadType");
        if (type.isEmpty()) {
            throw FormatException.fieldMissing(fields.at("payloadType"), "a media type");
        }
        return new DssePayload(type, content);
    }

    /// Reads a member by itself.
    ///
    /// @param path where it stands, for messages
    /// @param payload what it is over
    /// @throws FormatException when it isn't one
    public static Member readMember(JsonValue value, String path, DssePayload payload) throws FormatException {
        if (AssertionCodec.isOne(value)) {
            return new Member.WebAuthn(payload, AssertionCodec.read(value, path));
        }
        SigstoreBundle bundle = BundleCodec.readMember(value, path, payload);
        if (!Member.Sigstore.canHold(bundle)) {
            throw FormatException.fieldInvalid(path, "an envelope with exactly one signature", "something else");
        }
        return new Member.Sigstore(bundle);
    }

    /// Writes a quorum in its one form.
    public static Bytes write(QuorumBundle quorum) {
        return canonical(JsonText.object()
                .put(MEDIA_TYPE, QuorumBundle.MEDIA_TYPE)
                .put("payload", quorum.payload().content().toBase64())
                .put("payloadType", quorum.payload().payloadType())
                .put(MEMBERS, JsonText.array(inOrder(quorum.members()).stream().map(QuorumCodec::writeMember).toList()))
                .build());
    }

    /// Members in their order, each once.
    public static List<Member> inOrder(Collection<Member> members) {
        Map<Bytes, Member> byDigest = new TreeMap<>();
        members.forEach(member -> byDigest.putIfAbsent(digest(member).value(), member));
        return List.copyOf(byDigest.values());
    }

    /// The SHA-256 of a member's RFC 8785 form, which settles its place and names it.
    public static Digest digest(Member member) {
        return HashAlgorithm.SHA_256.digest(canonical(writeMember(member)));
    }

    /// A member by itself, without its payload.
    public static JsonValue writeMember(Member member) {
        return switch (member) {
            case Member.Sigstore(SigstoreBundle bundle) -> BundleCodec.writeMember(bundle);
            case Member.WebAuthn webAuthn -> AssertionCodec.write(webAuthn.assertion());
        };
    }

    private static Bytes canonical(JsonValue value) {
        try {
            return CanonicalJson.encode(value);
        } catch (FormatException e) {
            throw new IllegalStateException("what was read or built has a canonical form", e);
        }
    }
}
