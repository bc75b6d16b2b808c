package dev.chancery.domain.signing;

import dev.chancery.domain.bytes.Bytes;

/// What the key signs in a PKCS #10 request (RFC 2986 §4.1). It is one DER SEQUENCE, so it is never a DSSE encoding; whether a file
/// holds the same bytes doesn't matter, since whoever accepts a file's signature compares the file.
///
/// @param der the whole SEQUENCE and nothing else
public record CertificationRequestInfo(Bytes der) {
    /// The longest that is signed, in bytes.
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int SEQUENCE = 0x30;

    /// @throws IllegalArgumentException when it isn't one SEQUENCE, or is too long
    public CertificationRequestInfo {
        if (der.size() > MAX_LENGTH || der.size() < 2 || der.at(0) != SEQUENCE || der.size() != totalLength(der)) {
            throw new IllegalArgumentException("a certification request is one DER SEQUENCE of at most " + MAX_LENGTH + " bytes");
        }
    }

    private static int totalLength(Bytes der) {
        int first = der.at(1);
        if (first < 0x80) {
            return 2 + first;
        }
        int count = first - 0x80;
        if (count < 1 || count > 3 || der.size() < 2 + count) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | der.at(2 + i);
        }
        return 2 + count + length;
    }
}
