package dev.chancery.domain.key;

/// The parameter sets of GOST R 34.10-2012 that keys use (RFC 7836 §5, RFC 9215 appendix B). Older names of the same curves, such as
/// CryptoPro's, are read as these: one key has one id.
public enum GostParameters {
    TC26_256_A("256 A", "1.2.643.7.1.2.1.1.1", 32),
    /// Also id-GostR3410-2001-CryptoPro-A and CryptoPro-XchA.
    TC26_256_B("256 B", "1.2.643.7.1.2.1.1.2", 32),
    /// Also id-GostR3410-2001-CryptoPro-B.
    TC26_256_C("256 C", "1.2.643.7.1.2.1.1.3", 32),
    /// Also id-GostR3410-2001-CryptoPro-C and CryptoPro-XchB.
    TC26_256_D("256 D", "1.2.643.7.1.2.1.1.4", 32),
    TC26_512_A("512 A", "1.2.643.7.1.2.1.2.1", 64),
    TC26_512_B("512 B", "1.2.643.7.1.2.1.2.2", 64),
    TC26_512_C("512 C", "1.2.643.7.1.2.1.2.3", 64);

    private static final String KEY_256 = "1.2.643.7.1.1.1.1";
    private static final String KEY_512 = "1.2.643.7.1.1.1.2";

    private final String shortName;
    private final String oid;
    private final int fieldLength;

    GostParameters(String shortName, String oid, int fieldLength) {
        this.shortName = shortName;
        this.oid = oid;
        this.fieldLength = fieldLength;
    }

    /// Size and letter: `256 A`.
    public String shortName() {
        return shortName;
    }

    /// The object identifier of the parameter set, dotted.
    public String oid() {
        return oid;
    }

    /// The object identifier of keys of this size, dotted.
    public String keyOid() {
        return fieldLength == 32 ? KEY_256 : KEY_512;
    }

    /// The length of a coordinate, in bytes.
    public int fieldLength() {
        return fieldLength;
    }
}
