package dev.chancery.domain.certificate;

import dev.chancery.domain.bytes.Bytes;
import java.time.Instant;
import java.util.List;

/// What a certificate says about where its revocation is made known, and what to ask there.
///
/// @param name whose it is, for people
/// @param notAfter the last second of its validity
/// @param lists http URLs of revocation lists (RFC 5280 §4.2.1.13); those of other schemes are left out
/// @param responders http URLs of OCSP responders (RFC 5280 §4.2.2.1)
/// @param request an OCSP request about it, in DER (RFC 6960 §4.1), without a nonce so that answers can be kept
public record RevocationFacts(String name, Instant notAfter, List<String> lists, List<String> responders, Bytes request) {
    /// The most URLs of each kind.
    public static final int MAX_URLS = 8;

    public RevocationFacts {
        lists = List.copyOf(lists);
        responders = List.copyOf(responders);
    }
}
