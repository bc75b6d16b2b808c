package dev.chancery.domain.bundle;

import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import java.util.List;

/// Several signatures over one DSSE payload: one object that says who has signed. Each member stands alone; a Sigstore bundle can be taken out
/// as the bundle that it is. Nothing about it is verified by being one.
///
/// @param payload what all members are over
/// @param members 1 to [#MAX_MEMBERS]; their order means nothing, and the written form has an order of its own
public record QuorumBundle(DssePayload payload, List<Member> members) {
    /// Of the written form.
    public static final String MEDIA_TYPE = "application/vnd.chancery.quorum.v1+json";

    /// The most members.
    public static final int MAX_MEMBERS = 100;

    /// The largest quorum that is read, in bytes.
    public static final int MAX_LENGTH = 64 * 1024 * 1024;

    /// @throws IllegalArgumentException when there is no member, there are too many, or one is over another payload
    public QuorumBundle {
        members = List.copyOf(members);
        if (members.isEmpty() || members.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException("a quorum has 1 to " + MAX_MEMBERS + " members");
        }
        for (Member member : members) {
            if (!member.isOver(payload)) {
                throw new IllegalArgumentException("a member is over another payload");
            }
        }
    }

    /// One signature.
    public sealed interface Member {
        /// The media type by which it is told from other kinds.
        String mediaType();

        /// Whether it says that it is over a payload.
        boolean isOver(DssePayload payload);

        /// A Sigstore bundle with an envelope of exactly one signature.
        record Sigstore(SigstoreBundle bundle) implements Member {
            /// @throws IllegalArgumentException when it is a signature over a file, or has not exactly one signature
            public Sigstore {
                if (!canHold(bundle)) {
                    throw new IllegalArgumentException("a member is an envelope with one signature");
                }
            }

            /// Whether a bundle can be a member.
            public static boolean canHold(SigstoreBundle bundle) {
                return bundle.content() instanceof Content.Dsse dsse && dsse.envelope().signatures().size() == 1;
            }

            /// What it is over.
            public DssePayload payload() {
                return switch (bundle.content()) {
                    case Content.Dsse dsse -> dsse.envelope().payload();
                    case Content.MessageSignature _ -> throw new IllegalStateException("refused when this was made");
                };
            }

            @Override
            public String mediaType() {
                return bundle.version().mediaType();
            }

            @Override
            public boolean isOver(DssePayload payload) {
                return payload().equals(payload);
            }
        }

        /// An approval by a security key or a passkey. It is tied to the payload by its challenge, which only verifying looks at.
        ///
        /// @param payload what it is said to be over
        record WebAuthn(DssePayload payload, WebAuthnAssertion assertion) implements Member {
            @Override
            public String mediaType() {
                return WebAuthnAssertion.MEDIA_TYPE;
            }

            @Override
            public boolean isOver(DssePayload other) {
                return payload.equals(other);
            }
        }
    }
}
