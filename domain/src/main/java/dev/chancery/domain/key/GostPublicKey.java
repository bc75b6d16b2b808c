package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;

/// A GOST R 34.10-2012 public key.
///
/// @param encoded `x ‖ y`, each the least significant byte first (RFC 9215 §4.3)
public record GostPublicKey(GostParameters parameters, Bytes encoded) implements PublicKey {
    /// @throws IllegalArgumentException when the length isn't the parameter set's
    public GostPublicKey {
        if (encoded.size() != 2 * parameters.fieldLength()) {
            throw new IllegalArgumentException("a GOST R 34.10-2012 key of " + parameters.shortName() + " has "
                    + 2 * parameters.fieldLength() + " bytes, not " + encoded.size());
        }
    }

    /// With the digest's parameter set left out, as RFC 9215 §4.2 has it for these parameter sets.
    @Override
    public Bytes subjectPublicKeyInfo() {
        return Der.sequence(Der.sequence(Der.oid(parameters.keyOid()), Der.sequence(Der.oid(parameters.oid()))),
                Der.bitString(Der.octetString(encoded)));
    }

    @Override
    public String description() {
        return "GOST R 34.10-2012 " + parameters.shortName();
    }
}
