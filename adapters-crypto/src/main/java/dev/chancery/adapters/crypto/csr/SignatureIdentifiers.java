package dev.chancery.adapters.crypto.csr;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.crypto.CertificateRequestException;

/// What X.509 calls a signature: its AlgorithmIdentifier, in DER.
final class SignatureIdentifiers {
    private SignatureIdentifiers() {}

    static Bytes of(SignatureAlgorithm algorithm) throws CertificateRequestException {
        return Bytes.fromHex(switch (algorithm) {
            // RFC 5758 §3.2.
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_256 -> "300a06082a8648ce3d040302";
            case ECDSA_P384_SHA_384 -> "300a06082a8648ce3d040303";
            case ECDSA_P521_SHA_512 -> "300a06082a8648ce3d040304";
            // RFC 4055 §5: with the NULL.
            case RSA_PKCS1_SHA_256 -> "300d06092a864886f70d01010b0500";
            // RFC 4055 §3.1: SHA-256, MGF1 with SHA-256, a salt of 32 bytes, the default trailer left out.
            case RSA_PSS_SHA_256 -> "304106092a864886f70d01010a3034a00f300d06096086480165030402010500"
                    + "a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120";
            // RFC 8410 §3.
            case ED25519 -> "300506032b6570";
            // RFC 9881 §2.
            case ML_DSA_44 -> "300b0609608648016503040311";
            case ML_DSA_65 -> "300b0609608648016503040312";
            case ML_DSA_87 -> "300b0609608648016503040313";
            // RFC 9215 §3.
            case GOST_2012_256 -> "300a06082a85030701010302";
            case GOST_2012_512 -> "300a06082a85030701010303";
            // GM/T 0006: 1.2.156.10197.1.501.
            case SM2_SM3 -> "300a06082a811ccf55018375";
            case ED25519_PH -> throw new CertificateRequestException("X.509 has no name for Ed25519ph", "use the algorithm ed25519", null);
        });
    }
}
