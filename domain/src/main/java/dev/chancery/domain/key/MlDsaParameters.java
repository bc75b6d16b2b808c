package dev.chancery.domain.key;

/// The parameter sets of ML-DSA (FIPS 204 §4; identifiers from RFC 9881 §3).
public enum MlDsaParameters {
    ML_DSA_44("ML-DSA-44", "2.16.840.1.101.3.4.3.17", 1312),
    ML_DSA_65("ML-DSA-65", "2.16.840.1.101.3.4.3.18", 1952),
    ML_DSA_87("ML-DSA-87", "2.16.840.1.101.3.4.3.19", 2592);

    private final String standardName;
    private final String oid;
    private final int publicKeyLength;

    MlDsaParameters(String standardName, String oid, int publicKeyLength) {
        this.standardName = standardName;
        this.oid = oid;
        this.publicKeyLength = publicKeyLength;
    }

    /// The name in FIPS 204.
    public String standardName() {
        return standardName;
    }

    /// The object identifier, dotted.
    public String oid() {
        return oid;
    }

    /// The length of an encoded public key, in bytes (FIPS 204 table 2).
    public int publicKeyLength() {
        return publicKeyLength;
    }
}
