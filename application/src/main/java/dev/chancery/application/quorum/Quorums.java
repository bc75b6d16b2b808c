package dev.chancery.application.quorum;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Puts signatures together and takes them apart. Verifies nothing: what is put together is what was given.
public final class Quorums {
    private static final int KEY_ID_LENGTH = 32;

    private Quorums() {}

    /// A file's content.
    ///
    /// @param place its name, for messages
    /// @param json a quorum or a Sigstore bundle
    public record Source(String place, Bytes json) {}

    /// Reads a quorum, or a Sigstore bundle as a quorum of one.
    ///
    /// @throws FormatException when it is neither
    /// @throws QuorumException when it is a bundle that can't be a member
    public static QuorumBundle read(Source source) throws FormatException, QuorumException {
        return QuorumCodec.isOne(source.json()) ? QuorumCodec.read(source.json()) : of(source.place(), BundleCodec.read(source.json()));
    }

    /// A bundle as a quorum of one.
    ///
    /// @throws QuorumException when it can't be a member
    public static QuorumBundle of(String place, SigstoreBundle bundle) throws QuorumException {
        if (!Member.Sigstore.canHold(bundle)) {
            throw QuorumException.memberKind(place);
        }
        Member.Sigstore member = new Member.Sigstore(bundle);
        return new QuorumBundle(member.payload(), List.of(member));
    }

    /// Puts them together: the same signatures, in any order, give the same quorum. A signature that is there several times is taken once.
    ///
    /// @param sources at least one
    /// @throws FormatException when one of them can't be read
    /// @throws QuorumException when they don't go together
    public static QuorumBundle merge(List<Source> sources) throws FormatException, QuorumException {
        List<Member> members = new ArrayList<>();
        QuorumBundle first = read(sources.getFirst());
        for (Source source : sources) {
            QuorumBundle next = read(source);
            checkSame(source.place(), first.payload(), next.payload());
            members.addAll(next.members());
        }
        return of(first.payload(), members);
    }

    /// The members in their order, each once.
    ///
    /// @throws QuorumException when there are too many
    public static QuorumBundle of(DssePayload payload, Collection<Member> members) throws QuorumException {
        List<Member> ordered = QuorumCodec.inOrder(members);
        if (ordered.size() > QuorumBundle.MAX_MEMBERS) {
            throw QuorumException.tooMany(ordered.size(), QuorumBundle.MAX_MEMBERS);
        }
        return new QuorumBundle(payload, ordered);
    }

    private static void checkSame(String place, DssePayload expected, DssePayload found) throws QuorumException {
        if (!found.payloadType().equals(expected.payloadType())) {
            throw QuorumException.contentDiffers(place, "expected the payload type " + expected.payloadType() + ", found " + found.payloadType());
        }
        if (!found.content().equals(expected.content())) {
            throw QuorumException.contentDiffers(place, "expected the payload " + HashAlgorithm.SHA_256.digest(expected.content()) + ", found "
                    + HashAlgorithm.SHA_256.digest(found.content()));
        }
    }

    /// A quorum's members as what they are by themselves.
    ///
    /// @param bundles in the quorum's order
    /// @param leftBehind what is no Sigstore bundle, a line each
    public record Parts(List<SigstoreBundle> bundles, List<String> leftBehind) {
        public Parts {
            bundles = List.copyOf(bundles);
            leftBehind = List.copyOf(leftBehind);
        }
    }

    /// Takes a quorum apart.
    public static Parts split(QuorumBundle quorum) {
        List<SigstoreBundle> bundles = new ArrayList<>();
        List<String> leftBehind = new ArrayList<>();
        for (Member member : quorum.members()) {
            switch (member) {
                case Member.Sigstore(SigstoreBundle bundle) -> bundles.add(bundle);
                case Member.WebAuthn webAuthn -> leftBehind.add(approval(webAuthn));
            }
        }
        return new Parts(bundles, leftBehind);
    }

    private static String approval(Member.WebAuthn member) {
        return "the approval by the security key " + hexOf(member.assertion().keyHint()) + ", which is a member of a quorum and nothing else";
    }

    /// One envelope for tools that read DSSE and nothing else.
    ///
    /// @param leftBehind what an envelope has no place for, a line each
    public record Exported(DsseEnvelope envelope, List<String> leftBehind) {
        public Exported {
            leftBehind = List.copyOf(leftBehind);
        }
    }

    /// All signatures in one envelope. The `keyid` of each is the lower-case hexadecimal SHA-256 of its public key, where the member says it.
    public static Exported envelope(QuorumBundle quorum) {
        List<DsseEnvelope.DsseSignature> signatures = new ArrayList<>();
        List<String> leftBehind = new ArrayList<>();
        for (Member member : quorum.members()) {
            switch (member) {
                case Member.Sigstore(SigstoreBundle bundle) -> {
                    signatures.add(new DsseEnvelope.DsseSignature(keyId(bundle), signature(bundle)));
                    leftBehind(signatures.size(), bundle, leftBehind);
                }
                case Member.WebAuthn webAuthn -> leftBehind.add(approval(webAuthn));
            }
        }
        return new Exported(new DsseEnvelope(quorum.payload(), signatures), leftBehind);
    }

    private static Bytes signature(SigstoreBundle bundle) {
        return switch (bundle.content()) {
            case SigstoreBundle.Content.Dsse dsse -> dsse.envelope().signatures().getFirst().signature();
            case SigstoreBundle.Content.MessageSignature message -> message.signature();
        };
    }

    private static String keyId(SigstoreBundle bundle) {
        return bundle.keyMaterial() instanceof KeyMaterial.PublicKeyHint(String hint) ? hexOf(hint) : "";
    }

    /// The key id that a hint is; the hint as it is when it isn't one.
    static String hexOf(String hint) {
        try {
            Bytes id = Bytes.fromBase64(hint);
            return id.size() == KEY_ID_LENGTH ? id.toHex() : hint;
        } catch (IllegalArgumentException _) {
            return hint;
        }
    }

    private static void leftBehind(int number, SigstoreBundle bundle, List<String> lines) {
        if (bundle.keyMaterial() instanceof KeyMaterial.Certificates) {
            lines.add("the certificate of signature " + number);
        }
        if (!bundle.logEntries().isEmpty()) {
            lines.add("the log entries of signature " + number);
        }
        if (!bundle.timestamps().isEmpty()) {
            lines.add("the timestamps of signature " + number);
        }
    }
}
