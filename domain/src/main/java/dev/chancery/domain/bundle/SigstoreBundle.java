package dev.chancery.domain.bundle;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DsseEnvelope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A Sigstore bundle (protobuf-specs, sigstore_bundle.proto): a signature with what is needed to verify it. Nothing about it is
/// verified by being one.
///
/// @param version the format it is or was written in
/// @param keyMaterial which key or certificate the signature claims to be by
/// @param logEntries transparency log entries as their JSON text, unread; in the order of the file
/// @param timestamps RFC 3161 signed timestamps in DER, unread; in the order of the file
/// @param content what was signed
public record SigstoreBundle(
        Version version, KeyMaterial keyMaterial, List<Bytes> logEntries, List<Bytes> timestamps, Content content) {
    /// The largest bundle that is read, in bytes.
    public static final int MAX_LENGTH = 32 * 1024 * 1024;

    public SigstoreBundle {
        logEntries = List.copyOf(logEntries);
        timestamps = List.copyOf(timestamps);
    }

    /// The versions of the format.
    public enum Version {
        V0_1("application/vnd.dev.sigstore.bundle+json;version=0.1"),
        V0_2("application/vnd.dev.sigstore.bundle+json;version=0.2"),
        V0_3("application/vnd.dev.sigstore.bundle.v0.3+json");

        private final String mediaType;

        Version(String mediaType) {
            this.mediaType = mediaType;
        }

        /// The media type that is written. The other spelling of v0.3, `application/vnd.dev.sigstore.bundle+json;version=0.3`,
        /// is read too.
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

        /// Certificates in DER, leaf first; exactly one in v0.3.
        record Certificates(List<Bytes> chain) implements KeyMaterial {
            /// @throws IllegalArgumentException when there is none
            public Certificates {
                if (chain.isEmpty()) {
                    throw new IllegalArgumentException("a certificate chain has at least a leaf");
                }
                chain = List.copyOf(chain);
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
