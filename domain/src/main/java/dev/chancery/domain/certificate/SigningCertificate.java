package dev.chancery.domain.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a signer's certificate says. Who issued it, and whether anyone trusts them, is another question.
///
/// @param der the certificate itself
/// @param publicKey the signer's key
/// @param serialNumber lower-case hexadecimal
/// @param issuerName the distinguished name of who issued it (RFC 2253)
/// @param subjectName the distinguished name of whom it is for (RFC 2253); empty for Fulcio's
/// @param notBefore the first second of its validity
/// @param notAfter the last second of its validity
/// @param names whom it is for, in the order of the certificate
/// @param claims what Fulcio says about the identity token
public record SigningCertificate(
        Bytes der,
        PublicKey publicKey,
        String serialNumber,
        String issuerName,
        String subjectName,
        Instant notBefore,
        Instant notAfter,
        List<SubjectAlternativeName> names,
        Map<FulcioClaim, String> claims) {
    /// The largest certificate that is read, in bytes.
    public static final int MAX_LENGTH = 64 * 1024;

    public SigningCertificate {
        names = List.copyOf(names);
        Map<FulcioClaim, String> sorted = new EnumMap<>(FulcioClaim.class);
        sorted.putAll(claims);
        claims = Collections.unmodifiableMap(sorted);
    }

    /// The issuer of the identity token: who vouches for the names. Of the two forms the newer, when it is there.
    public Optional<String> identityIssuer() {
        String newer = claims.get(FulcioClaim.ISSUER_V2);
        return newer != null ? Optional.of(newer) : Optional.ofNullable(claims.get(FulcioClaim.ISSUER));
    }

    /// Whether an instant is in the certificate's validity; both ends are (RFC 5280 §4.1.2.5). The last second is in it whole, since
    /// certificates count in seconds.
    public boolean isValidAt(Instant time) {
        return !time.isBefore(notBefore) && time.isBefore(notAfter.plusSeconds(1));
    }
}
