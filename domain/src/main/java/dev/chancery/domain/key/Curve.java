package dev.chancery.domain.key;

/// The NIST prime curves (FIPS 186-5, RFC 5480 §2.1.1.1).
public enum Curve {
    P_256("P-256", "secp256r1", "1.2.840.10045.3.1.7", 32),
    P_384("P-384", "secp384r1", "1.3.132.0.34", 48),
    P_521("P-521", "secp521r1", "1.3.132.0.35", 66);

    private final String nistName;
    private final String secName;
    private final String oid;
    private final int fieldLength;

    Curve(String nistName, String secName, String oid, int fieldLength) {
        this.nistName = nistName;
        this.secName = secName;
        this.oid = oid;
        this.fieldLength = fieldLength;
    }

    /// The name in FIPS 186-5: `P-256`.
    public String nistName() {
        return nistName;
    }

    /// The name in SEC 2, which Java's providers take: `secp256r1`.
    public String secName() {
        return secName;
    }

    /// The object identifier, dotted.
    public String oid() {
        return oid;
    }

    /// The length of a coordinate, and of r and s, in bytes.
    public int fieldLength() {
        return fieldLength;
    }
}
