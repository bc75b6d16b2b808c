package dev.chancery.domain.policy;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.FulcioClaim;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.webauthn.Enrolment;
import dev.chancery.domain.webauthn.RelyingParty;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Someone whose signatures count.
///
/// @param person who it is in the end: several signers of one person count once where persons are told apart
/// @param custodianOrNull who keeps the key; null when the policy doesn't say
/// @param proof how their signatures are known
public record PolicySigner(String person, @Nullable String custodianOrNull, Proof proof) {
    /// @throws IllegalArgumentException when there is no person, or an empty custodian
    public PolicySigner {
        if (person.isBlank() || custodianOrNull != null && custodianOrNull.isBlank()) {
            throw new IllegalArgumentException("a signer is a person, or stands for one, and a custodian has a name");
        }
    }

    /// A signer of whose custodian nothing is said.
    ///
    /// @throws IllegalArgumentException when there is no person
    public PolicySigner(String person, Proof proof) {
        this(person, null, proof);
    }

    /// Who keeps the key.
    public Optional<String> custodian() {
        return Optional.ofNullable(custodianOrNull);
    }

    /// How a signer's signatures are known.
    public sealed interface Proof {
        /// By a public key.
        ///
        /// @param pem one `PUBLIC KEY` block, not yet read as a key
        record Key(String pem) implements Proof {}

        /// By an entry of the keyring, with its states and windows.
        record KeyringEntry(KeyId keyId) implements Proof {}

        /// By a certificate of an authority in the trusted root, for an identity.
        ///
        /// @param name what one of the certificate's subject alternative names must be
        /// @param issuer what the issuer of the identity must be
        /// @param claims what further claims must be
        record Keyless(TextRule name, TextRule issuer, Map<FulcioClaim, TextRule> claims) implements Proof {
            public Keyless {
                Map<FulcioClaim, TextRule> sorted = new EnumMap<>(FulcioClaim.class);
                sorted.putAll(claims);
                claims = Collections.unmodifiableMap(sorted);
            }
        }

        /// By a certificate of an authority that the policy itself names.
        ///
        /// @param certificates in DER: intermediates first, and last the trust anchor; not empty
        /// @param name what one of the certificate's subject alternative names must be
        record Authority(List<Bytes> certificates, TextRule name) implements Proof {
            /// @throws IllegalArgumentException when there are no certificates
            public Authority {
                certificates = List.copyOf(certificates);
                if (certificates.isEmpty()) {
                    throw new IllegalArgumentException("an authority has a certificate");
                }
            }
        }

        /// By an approval with a security key or passkey.
        ///
        /// @param pem the credential's public key: one `PUBLIC KEY` block, not yet read as a key
        /// @param relyingParty for whom it must have been given, and how
        /// @param enrolmentOrNull how the credential was made, where the policy holds it against that
        record SecurityKey(String pem, RelyingParty relyingParty, @Nullable Enrolment enrolmentOrNull) implements Proof {
            /// How the credential was made.
            public Optional<Enrolment> enrolment() {
                return Optional.ofNullable(enrolmentOrNull);
            }
        }
    }
}
