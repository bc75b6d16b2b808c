package dev.chancery.adapters.crypto.revocation;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.x509.Extensions;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationStatement.Status;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// A revocation list taken apart (RFC 5280 §5.1). Its entries stay where they are and are looked through: a list may have half a million.
///
/// @param tbs what is signed, in DER
/// @param algorithm the object identifier of the signature's algorithm
/// @param entriesOrNull the SEQUENCE of its entries; null when there are none
record RevocationList(Bytes tbs, String algorithm, Bytes signature, X500Principal issuer, Instant thisUpdate, @Nullable Instant nextUpdateOrNull,
        @Nullable DerValue entriesOrNull, Extensions extensions) {
    private static final int EXTENSIONS_TAG = 0xa0;

    static RevocationList parse(Bytes der) throws DerException {
        DerSequence list = DerValue.parse(der).sequence("a revocation list");
        DerValue tbs = list.next("tbsCertList");
        DerValue algorithm = list.next("signatureAlgorithm");
        Bytes signature = list.next("signatureValue").bits("signatureValue");
        list.end("a revocation list");
        DerSequence fields = tbs.sequence("tbsCertList");
        Optional<DerValue> version = fields.nextIf(DerValue.INTEGER);
        if (version.isPresent() && !version.get().integer("version").equals(BigInteger.ONE)) {
            throw new DerException("expected version 2, found another");
        }
        if (!fields.next("signature").encoded().equals(algorithm.encoded())) {
            throw new DerException("expected the same algorithm inside and outside (RFC 5280 §5.1.1.2), found two");
        }
        X500Principal issuer = principal(fields.next("issuer").encoded());
        Instant thisUpdate = fields.next("thisUpdate").certificateTime("thisUpdate");
        Optional<DerValue> next = fields.nextIf(DerValue.UTC_TIME);
        next = next.isPresent() ? next : fields.nextIf(DerValue.GENERALIZED_TIME);
        Instant nextUpdate = next.isPresent() ? next.get().certificateTime("nextUpdate") : null;
        DerValue entries = fields.nextIf(DerValue.SEQUENCE).orElse(null);
        Optional<DerValue> wrapped = fields.nextIf(EXTENSIONS_TAG);
        fields.end("tbsCertList");
        if (wrapped.isPresent() && version.isEmpty()) {
            throw new DerException("expected version 2, as extensions demand, found version 1");
        }
        return new RevocationList(tbs.encoded(), oid(algorithm), signature, issuer, thisUpdate, nextUpdate, entries,
                wrapped.isPresent() ? explicit(wrapped.get()) : Extensions.NONE);
    }

    private static Extensions explicit(DerValue wrapped) throws DerException {
        DerSequence outer = wrapped.values();
        Extensions extensions = Extensions.read(outer.next("crlExtensions"));
        outer.end("crlExtensions");
        return extensions;
    }

    static X500Principal principal(Bytes name) throws DerException {
        try {
            return new X500Principal(name.toByteArray());
        } catch (IllegalArgumentException e) {
            throw new DerException("expected a distinguished name");
        }
    }

    static String oid(DerValue algorithm) throws DerException {
        return algorithm.sequence("an algorithm").next("algorithm").oid("algorithm");
    }

    /// Reads all entries once, so that a damaged or strange one is found wherever it stands (RFC 5280 §5.3: a list with a critical entry extension
    /// that isn't understood says nothing about any certificate).
    ///
    /// @return the object identifier of such an extension
    Optional<String> strangeEntry() throws DerException {
        if (entriesOrNull == null) {
            return Optional.empty();
        }
        DerSequence entries = entriesOrNull.sequence("revokedCertificates");
        while (entries.hasNext()) {
            Optional<String> strange = RevokedEntry.parse(entries.next("an entry")).extensions().strange(Set.of(RevokedEntry.REASON_CODE, RevokedEntry.INVALIDITY_DATE));
            if (strange.isPresent()) {
                return strange;
            }
        }
        return Optional.empty();
    }

    /// What it says about a serial number. A number that stands in it twice counts as it stands first.
    Status statusOf(BigInteger serialNumber) throws DerException {
        if (entriesOrNull != null) {
            DerSequence entries = entriesOrNull.sequence("revokedCertificates");
            while (entries.hasNext()) {
                DerValue entry = entries.next("an entry");
                if (RevokedEntry.serialNumber(entry).equals(serialNumber)) {
                    return RevokedEntry.parse(entry).revoked();
                }
            }
        }
        return new Status.Good();
    }
}
