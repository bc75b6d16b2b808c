package dev.chancery.application.evidence;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.crypto.PublicKeyException;
import dev.chancery.verification.VerificationCrypto;
import org.jspecify.annotations.Nullable;

/// The file of an unfinished signature: `{"mediaType", "algorithm", "publicKey", "message", "bundle"}`. The public key is DER in base64; the
/// message, in base64, is there only for algorithms that sign the whole of it; the bundle is an ordinary one with the evidence collected so
/// far, as a string. There is no secret in it.
public final class PendingCodec {
    /// The largest file that is read, in bytes.
    public static final int MAX_LENGTH = 2 * SigstoreBundle.MAX_LENGTH;

    private static final String MEDIA_TYPE = "application/vnd.chancery.pending-signature.v1+json";

    private final VerificationCrypto crypto;

    public PendingCodec(VerificationCrypto crypto) {
        this.crypto = crypto;
    }

    /// Writes it.
    public static Bytes write(PendingSignature pending) {
        var fields = JsonText.object()
                .put("mediaType", MEDIA_TYPE)
                .put("algorithm", pending.algorithm().cliName())
                .put("publicKey", pending.key().subjectPublicKeyInfo().toBase64());
        if (pending.input() instanceof SigningInput.Message(Bytes message) && pending.bundle().content() instanceof Content.MessageSignature) {
            fields.put("message", message.toBase64());
        }
        return JsonText.compact(fields.put("bundle", BundleCodec.write(pending.bundle()).utf8().orElseThrow()).build());
    }

    /// Reads it, and verifies that the signature in it is by the key in it, or by the certificate's.
    ///
    /// @throws EvidenceException.PendingInvalid when it is anything else
    public PendingSignature read(Bytes json) throws EvidenceException.PendingInvalid {
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(json, MAX_LENGTH), "");
            String mediaType = fields.requiredText("mediaType");
            if (!mediaType.equals(MEDIA_TYPE)) {
                throw invalid("expected the media type " + MEDIA_TYPE + ", found " + FormatException.quoted(mediaType), null);
            }
            String name = fields.requiredText("algorithm");
            SignatureAlgorithm algorithm = SignatureAlgorithm.ofCliName(name)
                    .orElseThrow(() -> FormatException.fieldInvalid("algorithm", "a signature algorithm", FormatException.quoted(name)));
            PublicKey key = crypto.keys().decodeDer(fields.requiredBytes("publicKey"));
            Bytes message = fields.optionalBytes("message");
            SigstoreBundle bundle = BundleCodec.read(Bytes.ofUtf8(fields.requiredText("bundle")));
            fields.end();
            return checked(new PendingSignature(bundle, key, algorithm, input(bundle.content(), algorithm, message)));
        } catch (FormatException | PublicKeyException e) {
            throw invalid(e.problem().why(), e);
        } catch (CertificateException e) {
            throw invalid(e.why(), e);
        } catch (IllegalArgumentException e) {
            throw invalid("expected a soundly written file, found one that isn't: " + e.getMessage(), e);
        }
    }

    private static SigningInput input(Content content, SignatureAlgorithm algorithm, Bytes message) throws FormatException {
        return switch (content) {
            case Content.Dsse dsse -> new SigningRequest.OfStatement(algorithm, dsse.envelope().payload()).input();
            case Content.MessageSignature signature when algorithm.prehash().isEmpty() -> new SigningInput.Message(message);
            case Content.MessageSignature signature -> {
                Digest digest = signature.digest().orElseThrow(() -> FormatException.fieldMissing("bundle.messageSignature.messageDigest", "a digest"));
                yield new SigningInput.Prehashed(digest);
            }
        };
    }

    private PendingSignature checked(PendingSignature pending) throws EvidenceException.PendingInvalid, CertificateException {
        PublicKey key = pending.key();
        if (pending.bundle().keyMaterial() instanceof KeyMaterial.Certificates chain) {
            SigningCertificate certificate = crypto.certificates().read(chain.leaf());
            if (!certificate.publicKey().equals(key) || certificate.names().size() != 1) {
                throw invalid("expected the certificate to be of key " + key.id().hex() + " and for one name, found another", null);
            }
        }
        if (!pending.algorithm().fits(key) || !crypto.signatures().verifies(key, pending.input(), new Signature(pending.algorithm(), pending.signature()))) {
            throw invalid("expected a signature by key " + key.id().hex() + ", found one that does not verify", null);
        }
        return pending;
    }

    private static EvidenceException.PendingInvalid invalid(String why, @Nullable Throwable cause) {
        return new EvidenceException.PendingInvalid(new Problem(ErrorCode.PENDING_INVALID, "the signature was not gone on with", why,
                "name a file that chancery kept for an unfinished signature; otherwise sign anew"), cause);
    }
}
