package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;

/// An ML-DSA public key (FIPS 204; RFC 9881 for its encoding).
///
/// @param encoded the public key as FIPS 204 §7.2 encodes it
public record MlDsaPublicKey(MlDsaParameters parameters, Bytes encoded) implements PublicKey {
    /// @throws IllegalArgumentException when the length isn't the parameter set's
    public MlDsaPublicKey {
        if (encoded.size() != parameters.publicKeyLength()) {
            throw new IllegalArgumentException("an " + parameters.standardName() + " public key has "
                    + parameters.publicKeyLength() + " bytes, not " + encoded.size());
        }
    }

    @Override
    public Bytes subjectPublicKeyInfo() {
        return Der.sequence(Der.sequence(Der.oid(parameters.oid())), Der.bitString(encoded));
    }

    @Override
    public String description() {
        return parameters.standardName();
    }
}
