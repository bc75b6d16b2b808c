package dev.chancery.adapters.crypto.x509;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SubjectAlternativeName;
import dev.chancery.domain.certificate.SubjectAlternativeName.Kind;
import java.util.ArrayList;
import java.util.List;

/// The names of a subjectAltName extension (RFC 5280 §4.2.1.6).
final class GeneralNames {
    static final String OID = "2.5.29.17";

    private static final String FULCIO_USER_NAME = "1.3.6.1.4.1.57264.1.7";
    private static final int OTHER_NAME = 0xa0;
    private static final int RFC822_NAME = 0x81;
    private static final int DNS_NAME = 0x82;
    private static final int UNIFORM_RESOURCE_IDENTIFIER = 0x86;

    private GeneralNames() {}

    static List<SubjectAlternativeName> read(Bytes extension) throws DerException {
        DerSequence values = DerValue.parse(extension).sequence("subjectAltName");
        List<SubjectAlternativeName> names = new ArrayList<>();
        while (values.hasNext()) {
            names.add(name(values.next("a name")));
        }
        if (names.isEmpty()) {
            throw new DerException("expected at least one subject alternative name, found none");
        }
        return names;
    }

    private static SubjectAlternativeName name(DerValue value) throws DerException {
        return switch (value.tag()) {
            case RFC822_NAME -> new SubjectAlternativeName(Kind.EMAIL, ia5(value));
            case DNS_NAME -> new SubjectAlternativeName(Kind.DNS, ia5(value));
            case UNIFORM_RESOURCE_IDENTIFIER -> new SubjectAlternativeName(Kind.URI, ia5(value));
            case OTHER_NAME -> otherName(value);
            default -> new SubjectAlternativeName(Kind.OTHER, value.encoded().toHex());
        };
    }

    private static SubjectAlternativeName otherName(DerValue value) throws DerException {
        DerSequence fields = value.values();
        String type = fields.next("type-id").oid("type-id");
        if (!type.equals(FULCIO_USER_NAME)) {
            return new SubjectAlternativeName(Kind.OTHER, value.encoded().toHex());
        }
        DerSequence wrapped = fields.next("value").expect(0xa0, "value").values();
        String name = wrapped.next("value").utf8("a user name");
        wrapped.end("value");
        fields.end("otherName");
        return new SubjectAlternativeName(Kind.USER_NAME, name);
    }

    /// An IA5String, which is ASCII: a byte above it could read as another name elsewhere.
    private static String ia5(DerValue value) throws DerException {
        Bytes content = value.content();
        for (int i = 0; i < content.size(); i++) {
            if (content.at(i) >= 0x80) {
                throw new DerException("expected a subject alternative name in ASCII (IA5String)");
            }
        }
        return content.utf8().orElseThrow(() -> new DerException("expected a subject alternative name in ASCII (IA5String)"));
    }
}
