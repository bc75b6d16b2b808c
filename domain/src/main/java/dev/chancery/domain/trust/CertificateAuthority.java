package dev.chancery.domain.trust;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// A certificate or timestamp authority that is trusted (protobuf-specs, sigstore_trustroot.proto).
///
/// @param organization of its subject; may be empty; for people, not for matching
/// @param commonName of its subject; may be empty; for people, not for matching
/// @param uri where it is; may be empty
/// @param chain certificates in DER, 1 to [#MAX_CHAIN]: intermediates first, and last the trust anchor, which need not be self-signed
/// @param validFor when the whole chain counts, besides the certificates' own validity
/// @param operator who runs it: several authorities of one operator count once; empty when absent
public record CertificateAuthority(
        String organization, String commonName, String uri, List<Bytes> chain, ValidityWindow validFor, String operator) {
    /// The most certificates of one chain.
    public static final int MAX_CHAIN = 10;

    /// @throws IllegalArgumentException when the chain is empty or too long
    public CertificateAuthority {
        chain = List.copyOf(chain);
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new IllegalArgumentException("an authority's chain has 1 to " + MAX_CHAIN + " certificates");
        }
    }

    /// The trust anchor.
    public Bytes anchor() {
        return chain.getLast();
    }

    /// The chain without the trust anchor.
    public List<Bytes> intermediates() {
        return chain.subList(0, chain.size() - 1);
    }
}
