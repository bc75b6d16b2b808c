package dev.chancery.domain.certificate;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// A path from a certificate to a trust anchor, in DER: the leaf first, the anchor last, each issued by the next.
///
/// @param certificates two or more; a leaf that is itself the anchor has no path
public record CertificatePath(List<Bytes> certificates) {
    /// @throws IllegalArgumentException when there are fewer than two
    public CertificatePath {
        certificates = List.copyOf(certificates);
        if (certificates.size() < 2) {
            throw new IllegalArgumentException("a path has a leaf and an anchor");
        }
    }

    /// The certificate it is about.
    public Bytes leaf() {
        return certificates.getFirst();
    }

    /// The certificate of who issued the leaf.
    public Bytes issuer() {
        return certificates.get(1);
    }
}
