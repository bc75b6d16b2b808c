package dev.chancery.domain.signing;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.PreAuthEncoding;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An artifact that was read once, to its end, by this program: its digests, its length, and how it begins.
///
/// It is the only way to a signing request for an artifact. So a digest that came from elsewhere, whose content nobody here has
/// seen, can't be signed as an artifact, and content that is itself a DSSE encoding is refused (DESIGN: purpose).
public final class ArtifactContent {
    private final Map<HashAlgorithm, Digest> digests;
    private final long length;
    private final boolean dsseEncoding;
    private final @Nullable Bytes message;

    private ArtifactContent(Map<HashAlgorithm, Digest> digests, long length, boolean dsseEncoding, @Nullable Bytes message) {
        this.digests = digests;
        this.length = length;
        this.dsseEncoding = dsseEncoding;
        this.message = message;
    }

    /// Reads a stream to its end, in bounded memory. Blocks.
    ///
    /// @param algorithms the digests to make; SHA-256 is always made, since statements name artifacts by it
    /// @throws IOException when the stream fails
    public static ArtifactContent digest(InputStream in, Set<HashAlgorithm> algorithms) throws IOException {
        return read(in, algorithms, false);
    }

    /// The same, and keeps the content when it is no longer than [SigningInput#MAX_MESSAGE], for algorithms that need the message.
    ///
    /// @throws IOException when the stream fails
    public static ArtifactContent keep(InputStream in, Set<HashAlgorithm> algorithms) throws IOException {
        return read(in, algorithms, true);
    }

    private static ArtifactContent read(InputStream in, Set<HashAlgorithm> algorithms, boolean keep) throws IOException {
        EnumSet<HashAlgorithm> wanted = EnumSet.of(HashAlgorithm.SHA_256);
        wanted.addAll(algorithms);
        Reading reading = new Reading(wanted, keep);
        in.transferTo(reading); // a stream that has its content at hand gives it without a copy
        return reading.content();
    }

    /// Takes what is read, once.
    private static final class Reading extends OutputStream {
        private final Map<HashAlgorithm, MessageDigest> hashes = new EnumMap<>(HashAlgorithm.class);
        private final byte[] head = new byte[PreAuthEncoding.MARKER.size()];
        private @Nullable ByteArrayOutputStream kept;
        private long length;

        Reading(Set<HashAlgorithm> wanted, boolean keep) {
            wanted.forEach(algorithm -> hashes.put(algorithm, algorithm.newMessageDigest()));
            this.kept = keep ? new ByteArrayOutputStream() : null;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] part, int offset, int count) {
            for (MessageDigest hash : hashes.values()) {
                hash.update(part, offset, count);
            }
            for (int i = 0; i < count && length + i < head.length; i++) {
                head[(int) length + i] = part[offset + i];
            }
            length += count;
            if (kept != null) {
                if (length > SigningInput.MAX_MESSAGE) {
                    kept = null;
                } else {
                    kept.write(part, offset, count);
                }
            }
        }

        ArtifactContent content() {
            Map<HashAlgorithm, Digest> digests = new EnumMap<>(HashAlgorithm.class);
            hashes.forEach((algorithm, hash) -> digests.put(algorithm, new Digest(algorithm, Bytes.copyOf(hash.digest()))));
            boolean dsse = length >= head.length && Bytes.copyOf(head).equals(PreAuthEncoding.MARKER);
            return new ArtifactContent(digests, length, dsse, kept == null ? null : Bytes.copyOf(kept.toByteArray()));
        }
    }

    /// The digest by an algorithm that was asked for when reading.
    ///
    /// @throws IllegalArgumentException for an algorithm that wasn't
    public Digest digest(HashAlgorithm algorithm) {
        Digest digest = digests.get(algorithm);
        if (digest == null) {
            throw new IllegalArgumentException(algorithm.inTotoName() + " was not computed");
        }
        return digest;
    }

    /// The SHA-256 digest, by which statements and the audit log name the artifact.
    public Digest sha256() {
        return digest(HashAlgorithm.SHA_256);
    }

    /// The length in bytes.
    public long length() {
        return length;
    }

    /// Whether the content begins with `DSSEv1 `, so that a signature over it would be one over a DSSE envelope too.
    public boolean isDsseEncoding() {
        return dsseEncoding;
    }

    /// The whole content, when it was asked for and is no longer than [SigningInput#MAX_MESSAGE].
    public Optional<Bytes> message() {
        return Optional.ofNullable(message);
    }

    /// Makes the request to sign this artifact.
    ///
    /// @throws SigningRefused when the content is a DSSE encoding, or the algorithm takes whole messages and this one is too long
    /// @throws IllegalArgumentException when the algorithm's digest was not computed on reading
    public SigningRequest.OfArtifact requestFor(SignatureAlgorithm algorithm) throws SigningRefused {
        if (dsseEncoding) {
            throw new SigningRefused(new Problem(ErrorCode.CONTENT_IS_DSSE, "the file was not signed",
                    "it begins with \"DSSEv1 \": its signature could be repackaged as an attestation that nobody made",
                    "if an attestation is what you want, use chancery attest; otherwise find out where this file comes from"));
        }
        HashAlgorithm hash = algorithm.prehash().orElse(null);
        if (hash != null) {
            return new SigningRequest.OfArtifact(algorithm, new SigningInput.Prehashed(digest(hash)), this);
        }
        if (message == null) {
            throw new SigningRefused(new Problem(ErrorCode.MESSAGE_TOO_LONG, "the file was not signed",
                    algorithm.cliName() + " takes the whole message, and this one of " + length + " bytes is over the limit of "
                            + SigningInput.MAX_MESSAGE,
                    "use chancery attest, which signs a statement about the file and works at any size, or a key that signs digests"));
        }
        return new SigningRequest.OfArtifact(algorithm, new SigningInput.Message(message), this);
    }
}
