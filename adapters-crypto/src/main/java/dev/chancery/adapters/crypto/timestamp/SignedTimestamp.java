package dev.chancery.adapters.crypto.timestamp;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.trust.CertificateAuthority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A TimeStampToken taken apart: the CMS SignedData with its one signer (RFC 3161 §2.4.2, RFC 5652 §5).
///
/// @param content the TSTInfo in DER
/// @param certificates that came with it, in DER
record SignedTimestamp(Bytes content, List<Bytes> certificates, SignerInfo signer) {
    static final String TST_INFO = "1.2.840.113549.1.9.16.1.4";

    private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_1 = 0xa1;

    static SignedTimestamp parse(Bytes token) throws DerException {
        DerSequence contentInfo = DerValue.parse(token).sequence("TimeStampToken");
        expectOid(SIGNED_DATA, contentInfo.next("contentType").oid("contentType"), "contentType");
        DerSequence explicit = contentInfo.next("content").expect(CONTEXT_0, "content").values();
        DerSequence signedData = explicit.next("SignedData").sequence("SignedData");
        explicit.end("content");
        contentInfo.end("TimeStampToken");
        signedData.next("version").integer("version");
        signedData.next("digestAlgorithms").expect(DerValue.SET, "digestAlgorithms");
        Bytes content = content(signedData.next("encapContentInfo").sequence("encapContentInfo"));
        List<Bytes> certificates = new ArrayList<>();
        Optional<DerValue> enclosed = signedData.nextIf(CONTEXT_0);
        if (enclosed.isPresent()) {
            List<DerValue> all = enclosed.get().values().rest();
            if (all.size() > CertificateAuthority.MAX_CHAIN) { // each is read for each authority that is tried
                throw new DerException("expected at most " + CertificateAuthority.MAX_CHAIN + " certificates, found " + all.size());
            }
            for (DerValue certificate : all) {
                certificates.add(certificate.expect(DerValue.SEQUENCE, "a certificate").encoded());
            }
        }
        signedData.nextIf(CONTEXT_1); // revocation lists, which nothing here relies on
        DerSequence signers = signedData.next("signerInfos").expect(DerValue.SET, "signerInfos").values();
        SignerInfo signer = SignerInfo.parse(signers.next("a signer").sequence("SignerInfo"));
        signers.end("signerInfos: exactly one (RFC 3161 §2.4.2)");
        signedData.end("SignedData");
        return new SignedTimestamp(content, List.copyOf(certificates), signer);
    }

    private static Bytes content(DerSequence info) throws DerException {
        expectOid(TST_INFO, info.next("eContentType").oid("eContentType"), "eContentType");
        DerSequence explicit = info.next("eContent").expect(CONTEXT_0, "eContent").values();
        Bytes content = explicit.next("eContent").octets("eContent");
        explicit.end("eContent");
        info.end("encapContentInfo");
        return content;
    }

    static void expectOid(String expected, String found, String what) throws DerException {
        if (!expected.equals(found)) {
            throw new DerException("expected " + what + " " + expected + ", found " + found);
        }
    }
}
