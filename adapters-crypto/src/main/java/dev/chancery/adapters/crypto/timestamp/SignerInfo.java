package dev.chancery.adapters.crypto.timestamp;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.der.DerWriter;
import dev.chancery.domain.bytes.Bytes;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The signer of a token (RFC 5652 §5.3).
///
/// @param signedAttributes as they are signed: a SET, where the token has an implicit tag (§5.4)
/// @param attributes their values by object identifier, each in DER
record SignerInfo(
        Identifier identifier,
        String digestAlgorithm,
        Bytes signedAttributes,
        Map<String, Bytes> attributes,
        String signatureAlgorithm,
        Bytes signature) {
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_1 = 0xa1;
    private static final int KEY_ID_TAG = 0x80;

    /// How the signer's certificate is named outside of what is signed (§5.3, `sid`).
    sealed interface Identifier {
        /// By issuer and serial number.
        ///
        /// @param issuer the distinguished name in DER
        record IssuerAndSerial(Bytes issuer, BigInteger serial) implements Identifier {}

        /// By the key.
        ///
        /// @param keyId the certificate's subject key identifier
        record SubjectKey(Bytes keyId) implements Identifier {}
    }

    static SignerInfo parse(DerSequence fields) throws DerException {
        fields.next("version").integer("version");
        Identifier identifier = identifier(fields.next("sid"));
        String digest = algorithm(fields.next("digestAlgorithm"));
        DerValue signed = fields.next("signedAttrs").expect(CONTEXT_0, "signedAttrs (RFC 3161 wants them)");
        String signature = algorithm(fields.next("signatureAlgorithm"));
        Bytes value = fields.next("signature").octets("signature");
        fields.nextIf(CONTEXT_1); // unsigned attributes
        fields.end("SignerInfo");
        return new SignerInfo(identifier, digest, DerWriter.tagged(DerValue.SET, List.of(signed.content())),
                attributes(signed.values()), signature, value);
    }

    private static Identifier identifier(DerValue sid) throws DerException {
        if (sid.is(KEY_ID_TAG)) {
            return new Identifier.SubjectKey(sid.content());
        }
        DerSequence named = sid.sequence("issuerAndSerialNumber");
        Bytes issuer = named.next("issuer").expect(DerValue.SEQUENCE, "issuer").encoded();
        BigInteger serial = named.next("serialNumber").integer("serialNumber");
        named.end("issuerAndSerialNumber");
        return new Identifier.IssuerAndSerial(issuer, serial);
    }

    private static String algorithm(DerValue value) throws DerException {
        return value.sequence("AlgorithmIdentifier").next("algorithm").oid("algorithm");
    }

    private static Map<String, Bytes> attributes(DerSequence signed) throws DerException {
        Map<String, Bytes> attributes = new HashMap<>();
        while (signed.hasNext()) {
            DerSequence attribute = signed.next("an attribute").sequence("an attribute");
            String type = attribute.next("attrType").oid("attrType");
            DerSequence values = attribute.next("attrValues").expect(DerValue.SET, "attrValues").values();
            Bytes value = values.next("a value").encoded();
            boolean single = !values.hasNext();
            attribute.end("an attribute");
            if (!single || attributes.put(type, value) != null) {
                throw new DerException("expected attribute " + type + " once, with one value");
            }
        }
        return attributes;
    }

    DerValue attribute(String oid, String what) throws DerException {
        Optional<Bytes> value = Optional.ofNullable(attributes.get(oid));
        return DerValue.parse(value.orElseThrow(() -> new DerException("expected the signed attribute " + what + ", found none")));
    }
}
