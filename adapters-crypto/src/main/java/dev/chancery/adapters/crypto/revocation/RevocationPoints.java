package dev.chancery.adapters.crypto.revocation;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.x509.TbsCertificate;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a certificate says that its revocation is made known.
///
/// @param names of the distribution points of its issuer's lists, each in DER
/// @param lists http URLs among them
/// @param responders http URLs of OCSP responders
record RevocationPoints(Set<Bytes> names, List<String> lists, List<String> responders) {
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String OCSP = "1.3.6.1.5.5.7.48.1";
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_1 = 0xa1;
    private static final int REASONS = 0x81;
    private static final int CRL_ISSUER = 0xa2;
    private static final int UNIFORM_RESOURCE_IDENTIFIER = 0x86;

    static RevocationPoints of(TbsCertificate certificate) throws DerException {
        Set<Bytes> names = new HashSet<>();
        List<String> lists = new ArrayList<>();
        Optional<Bytes> points = certificate.extension(CRL_DISTRIBUTION_POINTS);
        if (points.isPresent()) {
            for (DerValue point : DerValue.parse(points.get()).sequence("cRLDistributionPoints").rest()) {
                for (DerValue name : names(point)) {
                    names.add(name.encoded());
                    url(name).filter(url -> lists.size() < RevocationFacts.MAX_URLS).ifPresent(lists::add);
                }
            }
        }
        return new RevocationPoints(names, lists, responders(certificate));
    }

    /// The full names of a distribution point whose list is the issuer's own.
    private static List<DerValue> names(DerValue point) throws DerException {
        DerSequence fields = point.sequence("a distribution point");
        Optional<DerValue> name = fields.nextIf(CONTEXT_0);
        fields.nextIf(REASONS); // what isn't divided by reasons has them all, and what is isn't taken
        boolean indirect = fields.nextIf(CRL_ISSUER).isPresent();
        fields.end("a distribution point");
        return name.isEmpty() || indirect ? List.of() : fullName(name.get());
    }

    /// The full names of a DistributionPointName; none when it is relative to its issuer's.
    static List<DerValue> fullName(DerValue wrapped) throws DerException {
        DerSequence choice = wrapped.values();
        DerValue name = choice.next("distributionPoint");
        choice.end("distributionPoint");
        if (name.is(CONTEXT_1)) {
            return List.of();
        }
        return name.expect(CONTEXT_0, "fullName").values().rest();
    }

    private static List<String> responders(TbsCertificate certificate) throws DerException {
        List<String> responders = new ArrayList<>();
        Optional<Bytes> access = certificate.extension(AUTHORITY_INFORMATION_ACCESS);
        if (access.isPresent()) {
            for (DerValue description : DerValue.parse(access.get()).sequence("authorityInfoAccess").rest()) {
                DerSequence fields = description.sequence("an access description");
                boolean ocsp = fields.next("accessMethod").oid("accessMethod").equals(OCSP);
                DerValue location = fields.next("accessLocation");
                fields.end("an access description");
                if (ocsp) {
                    url(location).filter(url -> responders.size() < RevocationFacts.MAX_URLS).ifPresent(responders::add);
                }
            }
        }
        return responders;
    }

    /// Plain http, as RFC 5280 §8 advises: what is got is signed, and asking for TLS's certificates would come round to asking about revocation again.
    private static Optional<String> url(DerValue name) {
        return name.is(UNIFORM_RESOURCE_IDENTIFIER)
                ? name.content().utf8().filter(text -> text.toLowerCase(Locale.ROOT).startsWith("http://"))
                : Optional.empty();
    }
}
