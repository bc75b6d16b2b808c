package dev.chancery.adapters.crypto.csr;

import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.der.DerWriter;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.CertificationRequestInfo;
import dev.chancery.domain.signing.Signature;
import dev.chancery.ports.crypto.CertificateRequestException;
import dev.chancery.ports.crypto.CertificateRequests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// Writes PKCS #10 requests. Each asks for what a signing certificate needs: the key usage digitalSignature and the extended key usage
/// codeSigning (RFC 5280 §4.2.1.3 and §4.2.1.12), and the alternative names, if there are any. The authority decides what it grants.
public final class Pkcs10Requests implements CertificateRequests {
    private static final int ATTRIBUTES = 0xa0;
    private static final int EMAIL = 0x81;
    private static final int DNS = 0x82;
    private static final int URI = 0x86;
    private static final int MAX_NAME = 1024;

    private static final Bytes VERSION_1 = Bytes.fromHex("020100");
    private static final Bytes TRUE = Bytes.fromHex("0101ff");
    /// PKCS #9 §5.4.2: 1.2.840.113549.1.9.14.
    private static final Bytes EXTENSION_REQUEST = Bytes.fromHex("06092a864886f70d01090e");
    private static final Bytes KEY_USAGE = Bytes.fromHex("0603551d0f");
    private static final Bytes EXTENDED_KEY_USAGE = Bytes.fromHex("0603551d25");
    private static final Bytes SUBJECT_ALTERNATIVE_NAME = Bytes.fromHex("0603551d11");
    /// A BIT STRING of one bit, digitalSignature.
    private static final Bytes DIGITAL_SIGNATURE = Bytes.fromHex("03020780");
    /// 1.3.6.1.5.5.7.3.3.
    private static final Bytes CODE_SIGNING = Bytes.fromHex("300a06082b06010505070303");

    @Override
    public CertificationRequestInfo info(Names names, PublicKey key) throws CertificateRequestException {
        Bytes alternatives = alternatives(names);
        Bytes subject = subject(names.subject());
        if (alternatives.isEmpty() && names.subject().isBlank()) {
            throw new CertificateRequestException("there is no name in it", "give a subject, such as CN=Release signing,O=Example", null);
        }
        List<Bytes> extensions = new ArrayList<>();
        extensions.add(sequence(KEY_USAGE, TRUE, octets(DIGITAL_SIGNATURE)));
        extensions.add(sequence(EXTENDED_KEY_USAGE, octets(CODE_SIGNING)));
        if (!alternatives.isEmpty()) {
            extensions.add(sequence(SUBJECT_ALTERNATIVE_NAME, octets(sequence(alternatives))));
        }
        Bytes request = sequence(EXTENSION_REQUEST, DerWriter.tagged(DerValue.SET, List.of(DerWriter.tagged(DerValue.SEQUENCE, extensions))));
        Bytes info = sequence(VERSION_1, subject, key.subjectPublicKeyInfo(), DerWriter.tagged(ATTRIBUTES, List.of(request)));
        if (info.size() > CertificationRequestInfo.MAX_LENGTH) {
            throw new CertificateRequestException("it would be longer than " + CertificationRequestInfo.MAX_LENGTH + " bytes",
                    "give fewer names", null);
        }
        return new CertificationRequestInfo(info);
    }

    @Override
    public Bytes pem(CertificationRequestInfo info, Signature signature) throws CertificateRequestException {
        Bytes der = sequence(info.der(), SignatureIdentifiers.of(signature.algorithm()),
                DerWriter.tagged(DerValue.BIT_STRING, List.of(Bytes.fromHex("00"), signature.value())));
        return Bytes.ofUtf8("-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toByteArray())
                + "\n-----END CERTIFICATE REQUEST-----\n");
    }

    private static Bytes subject(String name) throws CertificateRequestException {
        try {
            return Bytes.copyOf(new X500Principal(name).getEncoded());
        } catch (IllegalArgumentException e) {
            throw new CertificateRequestException("its subject " + name + " is not a distinguished name (RFC 4514)",
                    "write it as CN=Release signing,O=Example", e);
        }
    }

    private static Bytes alternatives(Names names) throws CertificateRequestException {
        List<Bytes> written = new ArrayList<>();
        for (String email : names.emails()) {
            written.add(alternative(EMAIL, email));
        }
        for (String host : names.dnsNames()) {
            written.add(alternative(DNS, host));
        }
        for (String uri : names.uris()) {
            written.add(alternative(URI, uri));
        }
        return Bytes.concat(written);
    }

    /// RFC 5280 §4.2.1.6: an IA5String.
    private static Bytes alternative(int tag, String name) throws CertificateRequestException {
        boolean printable = !name.isEmpty() && name.length() <= MAX_NAME && name.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!printable) {
            throw new CertificateRequestException("its alternative name " + name + " is not 1 to " + MAX_NAME + " visible ASCII characters",
                    "write international names in their ASCII form", null);
        }
        return DerWriter.tagged(tag, List.of(Bytes.copyOf(name.getBytes(StandardCharsets.US_ASCII))));
    }

    private static Bytes octets(Bytes content) {
        return DerWriter.tagged(DerValue.OCTET_STRING, List.of(content));
    }

    private static Bytes sequence(Bytes... parts) {
        return DerWriter.tagged(DerValue.SEQUENCE, List.of(parts));
    }
}
