package dev.chancery.adapters.crypto.revocation;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.x509.Extensions;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.trust.CertificateAuthority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A basic OCSP response taken apart (RFC 6960 §4.2.1).
///
/// @param data what is signed, in DER
/// @param algorithm the object identifier of the signature's algorithm
/// @param responderName in DER; empty when it is named by its key
/// @param responderKey the SHA-1 of its key; empty when it is named by its name
/// @param certificates that came with it, in DER
record OcspResponse(Bytes data, String algorithm, Bytes signature, Bytes responderName, Bytes responderKey, Instant producedAt,
        List<OcspAnswer> answers, Extensions extensions, List<Bytes> certificates) {
    /// The most answers of one response; each is looked at.
    static final int MAX_ANSWERS = 100;

    private static final String BASIC = "1.3.6.1.5.5.7.48.1.1";
    private static final int ENUMERATED = 0x0a;
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_1 = 0xa1;
    private static final int CONTEXT_2 = 0xa2;

    OcspResponse {
        answers = List.copyOf(answers);
        certificates = List.copyOf(certificates);
    }

    static OcspResponse parse(Bytes der) throws DerException {
        DerSequence response = DerValue.parse(der).sequence("an OCSP response");
        Bytes status = response.next("responseStatus").expect(ENUMERATED, "responseStatus").content();
        if (status.size() != 1 || status.at(0) != 0) {
            throw new DerException("expected an answer, found that the responder has none (responseStatus " + status.toHex() + ")");
        }
        DerSequence explicit = response.next("responseBytes").expect(CONTEXT_0, "responseBytes").values();
        response.end("an OCSP response");
        DerSequence typed = explicit.next("responseBytes").sequence("responseBytes");
        explicit.end("responseBytes");
        String type = typed.next("responseType").oid("responseType");
        if (!type.equals(BASIC)) {
            throw new DerException("expected a basic response, found type " + type);
        }
        Bytes basic = typed.next("response").octets("response");
        typed.end("responseBytes");
        return basic(DerValue.parse(basic).sequence("BasicOCSPResponse"));
    }

    private static OcspResponse basic(DerSequence fields) throws DerException {
        DerValue data = fields.next("tbsResponseData");
        String algorithm = RevocationList.oid(fields.next("signatureAlgorithm"));
        Bytes signature = fields.next("signature").bits("signature");
        List<Bytes> certificates = new ArrayList<>();
        Optional<DerValue> enclosed = fields.nextIf(CONTEXT_0);
        if (enclosed.isPresent()) {
            DerSequence explicit = enclosed.get().values();
            List<DerValue> all = explicit.next("certs").sequence("certs").rest();
            explicit.end("certs");
            if (all.size() > CertificateAuthority.MAX_CHAIN) {
                throw new DerException("expected at most " + CertificateAuthority.MAX_CHAIN + " certificates, found " + all.size());
            }
            for (DerValue certificate : all) {
                certificates.add(certificate.expect(DerValue.SEQUENCE, "a certificate").encoded());
            }
        }
        fields.end("BasicOCSPResponse");
        DerSequence tbs = data.sequence("tbsResponseData");
        Optional<DerValue> version = tbs.nextIf(CONTEXT_0);
        if (version.isPresent()) {
            throw new DerException("expected version 1, which isn't written (X.690 §11.5), found a version");
        }
        Optional<DerValue> name = tbs.nextIf(CONTEXT_1);
        Bytes responderName = name.isPresent() ? only(name.get()).expect(DerValue.SEQUENCE, "byName").encoded() : Bytes.empty();
        Bytes responderKey = name.isPresent() ? Bytes.empty() : only(tbs.next("responderID").expect(CONTEXT_2, "responderID")).octets("byKey");
        Instant producedAt = tbs.next("producedAt").generalizedTime("producedAt");
        List<DerValue> responses = tbs.next("responses").sequence("responses").rest();
        if (responses.size() > MAX_ANSWERS) {
            throw new DerException("expected at most " + MAX_ANSWERS + " answers, found " + responses.size());
        }
        List<OcspAnswer> answers = new ArrayList<>();
        for (DerValue each : responses) {
            answers.add(OcspAnswer.parse(each));
        }
        Optional<DerValue> more = tbs.nextIf(CONTEXT_1);
        tbs.end("tbsResponseData");
        return new OcspResponse(data.encoded(), algorithm, signature, responderName, responderKey, producedAt, answers,
                more.isPresent() ? Extensions.read(only(more.get())) : Extensions.NONE, certificates);
    }

    /// What an explicit tag holds.
    static DerValue only(DerValue wrapped) throws DerException {
        DerSequence explicit = wrapped.values();
        DerValue inner = explicit.next("a value");
        explicit.end("a value");
        return inner;
    }
}
