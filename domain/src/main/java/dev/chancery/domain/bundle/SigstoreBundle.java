package dev.chancery.domain.bundle;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.log.TransparencyLogEntry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Sigstore bundle (protobuf-specs, sigstore_bundle.proto): a signature with what is needed to verify it. Nothing about it is
/// verified by being one.
///
/// @param version the format it is or was written in
/// @param keyMaterial which key or certificate the signature claims to be by
/// @param logEntries transparency log entries in the order of the file, at most [#MAX_LOG_ENTRIES]
/// @param timestamps RFC 3161 `TimeStampResp` in DER, unread; in the order of the file, at most [#MAX_TIMESTAMPS]
/// @param content what was signed
public record SigstoreBundle(
        Version version, KeyMaterial keyMaterial, List<TransparencyLogEntry> logEntries, List<Bytes> timestamps, Content content) {
    /// The largest bundle that is read, in bytes.
    public static final int MAX_LENGTH = 32 * 1024 * 1024;

    /// The most log entries of one bundle.
    public static final int MAX_LOG_ENTRIES = 32;

    /// The most timestamps of one bundle.
    public static final int MAX_TIMESTAMPS = 32;

    /// The most certificates of one chain.
    public static final int MAX_CHAIN = 10;

    /// @throws IllegalArgumentException when there are more log entries or timestamps than allowed, or a bundle of version 0.3 has a
    ///     chain of several certificates
    public SigstoreBundle {
        logEntries = List.copyOf(logEntries);
        timestamps = List.copyOf(timestamps);
        if (logEntries.size() > MAX_LOG_ENTRIES || timestamps.size() > MAX_TIMESTAMPS) {
            throw new IllegalArgumentException("a bundle has at most " + MAX_LOG_ENTRIES + " log entries and " + MAX_TIMESTAMPS + " timestamps");
        }
        if (version == Version.V0_3 && keyMaterial instanceof KeyMaterial.Certificates(List<Bytes> chain) && chain.size() > 1) {
            throw new IllegalArgumentException("a bundle of version 0.3 has one certificate, the leaf");
        }
    }

    /// The versions of the format.
    public enum Version {
        /// A signed promise of the log is enough.
        V0_1("application/vnd.dev.sigstore.bundle+json;version=0.1"),
        /// An inclusion proof with each log entry.
        V0_2("application/vnd.dev.sigstore.bundle+json;version=0.2"),
        /// A leaf certificate only, never a chain.
        V0_3("application/vnd.dev.sigstore.bundle.v0.3+json");

        private final String mediaType;

        Version(String mediaType) {
            this.mediaType = mediaType;
        }

        /// The media type that is written. Readers take the other spelling too (`…bundle+json;version=0.3`, `…bundle.v0.1+json`).
        public String mediaType() {
            return mediaType;
        }
    }

    /// Which key a bundle says its signature is by.
    public sealed interface KeyMaterial {
        /// A public key known to the verifier.
        ///
        /// @param hint what the signer wrote to find it by; empty when absent; not authenticated
        record PublicKeyHint(String hint) implements KeyMaterial {}

        /// Certificates in DER, leaf first: 1 to [#MAX_CHAIN], exactly one in v0.3. What follows the leaf is not to be trusted: signers
        /// of older bundles put roots there (protobuf-specs, VerificationMaterial).
        record Certificates(List<Bytes> chain) implements KeyMaterial {
            /// @throws IllegalArgumentException when there is none, or too many
            public Certificates {
                if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
                    throw new IllegalArgumentException("a certificate chain has 1 to " + MAX_CHAIN + " certificates");
                }
                chain = List.copyOf(chain);
            }

            /// The certificate of the signing key.
            public Bytes leaf() {
                return chain.getFirst();
            }
        }
    }

    /// What a bundle's signature is over.
    public sealed interface Content {
        /// An artifact's bytes.
        ///
        /// @param digestOrNull the digest that the signer recorded; not authenticated by itself
        record MessageSignature(@Nullable Digest digestOrNull, Bytes signature) implements Content {
            /// The digest that the signer recorded.
            public Optional<Digest> digest() {
                return Optional.ofNullable(digestOrNull);
            }
        }

        /// A DSSE envelope.
        record Dsse(DsseEnvelope envelope) implements Content {}
    }
}
