package dev.chancery.domain.key;

/// What kind of key to generate. Only combinations that exist can be said.
public enum KeySpec {
    P_256("p256"),
    P_384("p384"),
    P_521("p521"),
    ED25519("ed25519"),
    RSA_2048("rsa2048"),
    RSA_3072("rsa3072"),
    RSA_4096("rsa4096"),
    ML_DSA_44("ml-dsa-44"),
    ML_DSA_65("ml-dsa-65"),
    ML_DSA_87("ml-dsa-87");

    private final String cliName;

    KeySpec(String cliName) {
        this.cliName = cliName;
    }

    /// The name on the command line.
    public String cliName() {
        return cliName;
    }

    /// The curve, for the three ECDSA kinds; nothing for others.
    public java.util.Optional<Curve> curve() {
        return switch (this) {
            case P_256 -> java.util.Optional.of(Curve.P_256);
            case P_384 -> java.util.Optional.of(Curve.P_384);
            case P_521 -> java.util.Optional.of(Curve.P_521);
            case ED25519, RSA_2048, RSA_3072, RSA_4096, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> java.util.Optional.empty();
        };
    }
}
