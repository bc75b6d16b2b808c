package dev.chancery.application.signing;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificatePathValidator;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The certificate that bundles carry in place of a hint at the key. Whoever verifies decides whom to trust; here it is only made sure that
/// the certificate can serve at all: it is for the expected key, it is valid now, and the certificates given with it are its issuers.
public final class CertificateChoice {
    private final CertificateReader reader;
    private final CertificatePathValidator paths;
    private final Instant now;
    private final List<Bytes> chain;

    /// @param chain certificates in DER, the key's own first, each followed by its issuer; empty for the one that is kept beside the key
    public CertificateChoice(CertificateReader reader, CertificatePathValidator paths, Instant now, List<Bytes> chain) {
        this.reader = reader;
        this.paths = paths;
        this.now = now;
        this.chain = List.copyOf(chain);
    }

    /// Settles it, before anything is signed. Blocks when the key's place is asked for it.
    ///
    /// @return the key's own certificate: bundles carry no others
    /// @throws SigningException.CertificateRefused when there is none that serves
    /// @throws KeyException when the key's place fails
    Bytes settle(SigningKey key, ExpectedKey expected, Duration deadline) throws SigningException.CertificateRefused, KeyException {
        return chain.isEmpty() ? besideKey(key, expected, deadline) : given(key, expected);
    }

    private Bytes given(SigningKey key, ExpectedKey expected) throws SigningException.CertificateRefused {
        Bytes leaf = chain.getFirst();
        try {
            SigningCertificate certificate = reader.read(leaf);
            if (!certificate.publicKey().equals(expected.key())) {
                throw refused(ErrorCode.CERTIFICATE_NOT_FOR_KEY, key, "the certificate for " + certificate.subjectName() + " is for key "
                        + certificate.publicKey().id().hex() + ", and the key is " + expected.key().id().hex(),
                        "give this key's certificate, and first the key's own", null);
            }
            if (!certificate.isValidAt(now)) {
                throw notValid(key, certificate);
            }
            if (chain.size() > 1) {
                paths.codeSigning(leaf, new CertificateAuthority("", "", "", chain.subList(1, chain.size()), ValidityWindow.ALWAYS, ""), now);
            }
            return leaf;
        } catch (CertificateException e) {
            throw refused(ErrorCode.CERTIFICATE_UNUSABLE, key, "the certificate or its issuers do not serve: " + e.why(),
                    "give certificates that were made for signing code, each followed by its issuer, or the key's own alone", e);
        }
    }

    private Bytes besideKey(SigningKey key, ExpectedKey expected, Duration deadline) throws SigningException.CertificateRefused, KeyException {
        List<SigningCertificate> ofKey = key.certificates(deadline).stream().map(this::read).flatMap(Optional::stream)
                .filter(certificate -> certificate.publicKey().equals(expected.key()))
                .sorted(Comparator.comparing(SigningCertificate::notAfter).reversed()).toList();
        if (ofKey.isEmpty()) {
            throw refused(ErrorCode.CERTIFICATE_UNUSABLE, key, "no certificate for it is kept beside it",
                    "name a file with --certificate FILE, or put the certificate beside the key, with the key's id", null);
        }
        Optional<SigningCertificate> valid = ofKey.stream().filter(certificate -> certificate.isValidAt(now)).findFirst();
        return valid.orElseThrow(() -> notValid(key, ofKey.getFirst())).der();
    }

    private Optional<SigningCertificate> read(Bytes der) {
        try {
            return Optional.of(reader.read(der));
        } catch (CertificateException e) {
            return Optional.empty(); // what it can't be read as, it isn't
        }
    }

    private SigningException.CertificateRefused notValid(SigningKey key, SigningCertificate certificate) {
        return refused(ErrorCode.CERTIFICATE_NOT_VALID_NOW, key, "the certificate for " + certificate.subjectName() + " is valid from "
                + certificate.notBefore() + " to " + certificate.notAfter() + ", and it is " + now,
                "ask for a new certificate with chancery key csr; if the time is wrong, set the clock", null);
    }

    private static SigningException.CertificateRefused refused(ErrorCode code, SigningKey key, String why, String remedy,
            @Nullable Throwable cause) {
        return new SigningException.CertificateRefused(new Problem(code, "nothing was signed with " + key.description().uri(), why, remedy), cause);
    }
}
