package dev.chancery.adapters.crypto.x509;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Extensions of certificates, revocation lists and their entries, and OCSP responses (RFC 5280 §4.1, `Extensions`), in their order.
public record Extensions(List<Extension> all) {
    /// None.
    public static final Extensions NONE = new Extensions(List.of());

    public Extensions {
        all = List.copyOf(all);
    }

    /// One extension.
    ///
    /// @param value what its OCTET STRING holds
    /// @param encoded the whole of it
    public record Extension(String oid, boolean critical, Bytes value, Bytes encoded) {}

    /// Reads them.
    ///
    /// @param sequence the SEQUENCE OF Extension
    /// @throws DerException when it isn't one, or an extension stands twice
    public static Extensions read(DerValue sequence) throws DerException {
        DerSequence list = sequence.sequence("extensions");
        List<Extension> extensions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (list.hasNext()) {
            DerValue encoded = list.next("an extension");
            DerSequence fields = encoded.sequence("an extension");
            String oid = fields.next("extnID").oid("extnID");
            Optional<DerValue> critical = fields.nextIf(DerValue.BOOLEAN);
            if (critical.isPresent() && !critical.get().bool("critical")) {
                throw new DerException("expected no default value (X.690 §11.5) in extension " + oid);
            }
            Bytes value = fields.next("extnValue").octets("extnValue");
            fields.end("an extension");
            if (!seen.add(oid)) {
                throw new DerException("expected extension " + oid + " once, found it twice (RFC 5280 §4.2)");
            }
            extensions.add(new Extension(oid, critical.isPresent(), value, encoded.encoded()));
        }
        return new Extensions(extensions);
    }

    /// The value of the one with an identifier.
    public Optional<Bytes> value(String oid) {
        return all.stream().filter(extension -> extension.oid().equals(oid)).map(Extension::value).findFirst();
    }

    /// A critical one that isn't among those that are understood.
    public Optional<String> strange(Set<String> understood) {
        return all.stream().filter(extension -> extension.critical() && !understood.contains(extension.oid())).map(Extension::oid).findFirst();
    }
}
