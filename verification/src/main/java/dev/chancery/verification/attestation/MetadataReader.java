package dev.chancery.verification.attestation;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.webauthn.AuthenticatorMetadata;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.webauthn.MetadataCodec;
import dev.chancery.ports.certificate.AttestationCertificates;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.util.List;
import java.util.Optional;

/// Reads what is known of models of security keys. A signed file of the metadata service is believed under the roots that the user names (Metadata Service v3
/// §3.2 *Metadata BLOB object processing rules*, without revocation and `nextUpdate`: this opens no socket); other files because the user gives them. Thread-safe.
public final class MetadataReader {
    private final CoseSignatures signatures;
    private final AttestationCertificates certificates;

    public MetadataReader(SignatureVerifier signatures, AttestationCertificates certificates) {
        this.signatures = new CoseSignatures(signatures);
        this.certificates = certificates;
    }

    /// Finds a model.
    ///
    /// @param file a statement, an entry, the service's entries, or these signed
    /// @param roots certificates in DER, for a signed file
    /// @param aaguid a UUID in lower case
    /// @throws AttestationException when the file can't be used, or has nothing about the model
    public AuthenticatorMetadata find(Bytes file, List<Bytes> roots, String aaguid) throws AttestationException {
        try {
            Optional<AuthenticatorMetadata> found = MetadataCodec.find(MetadataCodec.isSigned(file) ? payload(MetadataCodec.readSigned(file), roots) : file, aaguid);
            return found.orElseThrow(() -> AttestationException.metadata("expected something about the model " + aaguid + ", found nothing",
                    "get a newer file, or the model's own statement"));
        } catch (FormatException e) {
            throw AttestationException.metadata(e.problem().code().code() + ": " + e.problem().why(), "give a metadata statement, or the BLOB of the FIDO metadata service");
        }
    }

    private Bytes payload(MetadataCodec.Signed file, List<Bytes> roots) throws AttestationException {
        if (roots.isEmpty()) {
            throw AttestationException.metadata("expected a root under which the file is signed, found none", "add --metadata-root FILE");
        }
        try {
            long algorithm = CoseSignatures.ofName(file.algorithm()).orElseThrow(() -> AttestationException.metadata(
                    "expected an algorithm that is verified here, found " + file.algorithm(), "give the model's own statement"));
            if (!signatures.verifiesJose(certificates.read(file.certificates().getFirst()).publicKey(), algorithm, file.signed(), file.signature())) {
                throw AttestationException.metadata("expected a signature by the file's first certificate, found one that does not verify", "get the file again");
            }
            certificates.checkPath(file.certificates(), roots);
            return file.payload();
        } catch (CertificateException e) {
            throw AttestationException.metadata(e.why(), "give the root of the authority that the metadata service names");
        }
    }
}
