package dev.chancery.verification;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.keyring.KeyringEntry;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.webauthn.RelyingParty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whom the user trusts. Always given, never found.
public sealed interface Trust {
    /// One public key.
    ///
    /// @param algorithmOrNull the algorithm the user named for it; null for the one that follows from key and bundle
    /// @param rootOrNull the logs and timestamp authorities that are trusted; null when no log and no timestamp is looked at
    /// @param entryOrNull its entry in a keyring, with its state and windows; null when it is trusted without one
    record Key(PublicKey key, @Nullable SignatureAlgorithm algorithmOrNull, @Nullable TrustedRoot rootOrNull, @Nullable KeyringEntry entryOrNull) implements Trust {
        /// A key that is in no keyring.
        public Key(PublicKey key, @Nullable SignatureAlgorithm algorithmOrNull, @Nullable TrustedRoot rootOrNull) {
            this(key, algorithmOrNull, rootOrNull, null);
        }

        /// A key by itself.
        public Key(PublicKey key, @Nullable SignatureAlgorithm algorithmOrNull) {
            this(key, algorithmOrNull, null);
        }

        /// Its entry in a keyring.
        public Optional<KeyringEntry> entry() {
            return Optional.ofNullable(entryOrNull);
        }

        /// The algorithm the user named.
        public Optional<SignatureAlgorithm> algorithm() {
            return Optional.ofNullable(algorithmOrNull);
        }

        /// The logs and timestamp authorities that are trusted.
        public Optional<TrustedRoot> root() {
            return Optional.ofNullable(rootOrNull);
        }

        @Override
        public Requirements usualRequirements() {
            return rootOrNull == null ? Requirements.NONE : Requirements.OF_KEY;
        }
    }

    /// An identity with a certificate by an authority of a trusted root.
    record Identity(IdentityPolicy identity, TrustedRoot root) implements Trust {
        @Override
        public Requirements usualRequirements() {
            return Requirements.OF_CERTIFICATE;
        }
    }

    /// A name with a certificate by an authority of the user's own.
    ///
    /// @param name what one of the certificate's subject alternative names must be, or its subject (RFC 2253) where it has none
    /// @param rootOrNull the logs and timestamp authorities that are trusted; without any, nothing proves a time, and no signature is accepted
    record Authority(CertificateAuthority authority, TextMatch name, @Nullable TrustedRoot rootOrNull) implements Trust {
        /// The logs and timestamp authorities that are trusted.
        public Optional<TrustedRoot> root() {
            return Optional.ofNullable(rootOrNull);
        }

        @Override
        public Requirements usualRequirements() {
            return Requirements.OF_AUTHORITY;
        }
    }

    /// A security key or passkey, by the public key of its credential.
    record Credential(PublicKey key, RelyingParty relyingParty) implements Trust {
        @Override
        public Requirements usualRequirements() {
            return Requirements.NONE;
        }
    }

    /// What evidence is wanted when the user says nothing else.
    Requirements usualRequirements();
}
