package dev.chancery.adapters.crypto.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.JdkSignatureVerifier;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.SignedCertificateTimestamp;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.certificate.SubjectAlternativeName;
import dev.chancery.domain.certificate.TimestampToken;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.trust.TransparencyLogInstance;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateException.Reason;
import dev.chancery.testkit.peers.PeerFiles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Certificates by Fulcio, promises by a certificate transparency log and timestamps by Sigstore's timestamp authority.
class PeerEvidenceTest {
    static final List<String> BUNDLES = PeerFiles.KEYLESS;

    private final SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
    private final X509CertificateReader reader = new X509CertificateReader(keys);
    private final AuthorityPaths paths = new AuthorityPaths(new CertificateSignatures(Optional.empty()));
    private final Rfc3161TimestampReader timestamps = new Rfc3161TimestampReader(paths);

    @ParameterizedTest
    @FieldSource("BUNDLES")
    void aFulcioCertificateSaysWhomItIsForAndWhoVouches(String name) throws Exception {
        SigningCertificate certificate = reader.read(leaf(name));
        assertEquals(List.of(new SubjectAlternativeName(SubjectAlternativeName.Kind.EMAIL, PeerFiles.IDENTITY)), certificate.names());
        assertEquals(Optional.of(PeerFiles.ISSUER), certificate.identityIssuer());
        assertEquals("CN=lab fulcio,O=lab.test", certificate.issuerName());
    }

    @ParameterizedTest
    @FieldSource("BUNDLES")
    void aFulcioCertificateHasAPathWhileItIsValidOnly(String name) throws Exception {
        SigningCertificate certificate = reader.read(leaf(name));
        CertificateAuthority fulcio = root(name).certificateAuthorities().getFirst();
        CertificatePath path = paths.codeSigning(leaf(name), fulcio, certificate.notBefore().plusSeconds(1));
        assertEquals(List.of(leaf(name), fulcio.anchor()), path.certificates());
        assertEquals(Reason.VALIDITY, assertThrows(CertificateException.class,
                () -> paths.codeSigning(leaf(name), fulcio, certificate.notAfter().plusSeconds(1))).reason());
        assertEquals(Reason.VALIDITY, assertThrows(CertificateException.class,
                () -> paths.codeSigning(leaf(name), fulcio, certificate.notBefore().minusSeconds(1))).reason());
        assertEquals(Reason.NO_PATH, assertThrows(CertificateException.class,
                () -> paths.codeSigning(leaf(name), root(name).timestampAuthorities().getFirst(), certificate.notBefore())).reason());
    }

    @ParameterizedTest
    @FieldSource("BUNDLES")
    void aLogsPromiseIsSignedOverTheCertificateAsItWasWithoutIt(String name) throws Exception {
        SigningCertificate certificate = reader.read(leaf(name));
        CertificatePath path = paths.codeSigning(leaf(name), root(name).certificateAuthorities().getFirst(), certificate.notBefore());
        SignedCertificateTimestamp promise = reader.certificateTimestamps(path).getFirst();
        TransparencyLogInstance log = root(name).certificateTransparencyLogs().getFirst();
        assertEquals(log.logId(), promise.logId());
        PublicKey key = keys.decodeDer(log.publicKey().rawBytes());
        SigningInput input = new SigningInput.Prehashed(HashAlgorithm.SHA_256.digest(promise.signedData()));
        assertTrue(new JdkSignatureVerifier().verifies(key, input, new Signature(SignatureAlgorithm.ECDSA_P256_SHA_256, promise.signature())));
    }

    @ParameterizedTest
    @FieldSource("BUNDLES")
    void aTimestampIsOverTheSignatureAndByTheAuthority(String name) throws Exception {
        SigstoreBundle bundle = BundleCodec.read(PeerFiles.bundle(name));
        Bytes signature = switch (bundle.content()) {
            case Content.MessageSignature message -> message.signature();
            case Content.Dsse dsse -> dsse.envelope().signatures().getFirst().signature();
        };
        for (Bytes response : bundle.timestamps()) {
            TimestampToken token = timestamps.read(response);
            assertEquals(HashAlgorithm.SHA_256.digest(signature), token.imprint());
            CertificateAuthority authority = root(name).timestampAuthorities().getFirst();
            assertEquals(authority.chain(), timestamps.verify(token, authority).certificates());
            assertEquals(Reason.NO_PATH, assertThrows(CertificateException.class,
                    () -> timestamps.verify(token, root(name).certificateAuthorities().getFirst())).reason());
        }
    }

    @Test
    void aTimestampOfWhichAnyByteIsChangedIsNotByTheAuthority() throws Exception {
        SigstoreBundle bundle = BundleCodec.read(PeerFiles.bundle("cosign-v2-keyless"));
        CertificateAuthority authority = root("cosign-v2-keyless").timestampAuthorities().getFirst();
        byte[] response = bundle.timestamps().getFirst().toByteArray();
        TimestampToken whole = timestamps.read(Bytes.copyOf(response));
        for (int i = 0; i < response.length; i++) {
            response[i] ^= 0x04;
            Optional<TimestampToken> changed = verified(Bytes.copyOf(response), authority);
            response[i] ^= 0x04;
            assertFalse(changed.isPresent() && !sameFacts(changed.get(), whole), "byte " + i);
        }
    }

    /// Some bytes say nothing that is relied on: algorithm parameters, versions, the hint to the authority's name.
    private static boolean sameFacts(TimestampToken one, TimestampToken other) {
        return one.imprint().equals(other.imprint()) && one.time().equals(other.time()) && one.accuracy().equals(other.accuracy())
                && one.policy().equals(other.policy()) && one.serialNumber().equals(other.serialNumber());
    }

    private Optional<TimestampToken> verified(Bytes response, CertificateAuthority authority) {
        try {
            TimestampToken token = timestamps.read(response);
            timestamps.verify(token, authority);
            return Optional.of(token);
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static Bytes leaf(String name) throws Exception {
        return ((KeyMaterial.Certificates) BundleCodec.read(PeerFiles.bundle(name)).keyMaterial()).leaf();
    }

    private static TrustedRoot root(String name) throws Exception {
        return TrustedRootCodec.read(PeerFiles.trustedRootOf(name));
    }
}
