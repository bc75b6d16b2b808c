package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/// One of each service. Two sets have the same names and different keys.
///
/// @param root of the certificate authority
/// @param authority below it, which issues to signers
/// @param certificateLog for certificates
/// @param first a log like Rekor v1
/// @param second a log like Rekor v2
/// @param timestampRoot of the timestamp authority
/// @param timestamps the one that signs timestamps
public record ForgedServices(ForgedAuthority root, ForgedAuthority authority, ForgedCtLog certificateLog, ForgedLog first, ForgedLog second,
        ForgedAuthority timestampRoot, ForgedAuthority timestamps) {
    /// A certificate for timestamps and nothing else (RFC 3161 §2.3).
    public static final ForgedAuthority.Shape FOR_TIMESTAMPS = ForgedAuthority.Shape.SOUND.withPathLength(-1)
            .with(builder -> builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping)));

    /// A new set.
    public static ForgedServices make() {
        ForgedAuthority root = ForgedAuthority.root("CN=forge root", ForgedAuthority.Shape.SOUND);
        ForgedAuthority timestampRoot = ForgedAuthority.root("CN=forge timestamp root", ForgedAuthority.Shape.SOUND);
        return new ForgedServices(root, root.subordinate("CN=forge authority", ForgedAuthority.Shape.SOUND.withPathLength(0)),
                new ForgedCtLog(), ForgedLog.first(), ForgedLog.second(), timestampRoot,
                timestampRoot.subordinate("CN=forge timestamps", FOR_TIMESTAMPS));
    }

    /// The same with another authority for signers.
    public ForgedServices withAuthority(ForgedAuthority otherRoot, ForgedAuthority other) {
        return new ForgedServices(otherRoot, other, certificateLog, first, second, timestampRoot, timestamps);
    }

    /// A signer's certificate in the making.
    public ForgedCertificate certificate() {
        return new ForgedCertificate(authority, certificateLog);
    }

    /// All of them as a trusted root.
    public TrustedRoot trustedRoot() {
        return trustedRoot(new ValidityWindow(ForgedAuthority.START, null));
    }

    /// All of them as a trusted root.
    ///
    /// @param logWindow when the logs' keys are trusted
    public TrustedRoot trustedRoot(ValidityWindow logWindow) {
        return new TrustedRoot(List.of(first.instance(logWindow), second.instance(logWindow)),
                List.of(authority(List.of(authority.der(), root.der()), ValidityWindow.ALWAYS)),
                List.of(certificateLog.instance(logWindow)),
                List.of(authority(List.of(timestamps.der(), timestampRoot.der()), ValidityWindow.ALWAYS)));
    }

    /// An authority as a trusted root has it.
    public static CertificateAuthority authority(List<Bytes> chain, ValidityWindow window) {
        return new CertificateAuthority("forge", "forge", "", chain, window, "");
    }
}
