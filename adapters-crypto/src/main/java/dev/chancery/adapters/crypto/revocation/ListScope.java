package dev.chancery.adapters.crypto.revocation;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.x509.Extensions;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.certificate.RevocationException;
import dev.chancery.ports.certificate.RevocationException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which certificates a revocation list is about (RFC 5280 §5.2.5, §6.3.3 (b)).
final class ListScope {
    private static final String DELTA = "2.5.29.27";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    private static final Set<String> UNDERSTOOD = Set.of(ISSUING_DISTRIBUTION_POINT);
    private static final int DISTRIBUTION_POINT = 0xa0;
    private static final int ONLY_USERS = 0x81;
    private static final int ONLY_AUTHORITIES = 0x82;
    private static final int ONLY_SOME_REASONS = 0x83;
    private static final int INDIRECT = 0x84;
    private static final int ONLY_ATTRIBUTES = 0x85;

    private ListScope() {}

    /// @param authority whether the certificate is an authority's
    static void check(Extensions extensions, RevocationPoints points, boolean authority) throws DerException, RevocationException {
        if (extensions.value(DELTA).isPresent()) {
            throw new RevocationException(Reason.UNSUPPORTED, "expected a complete revocation list, found a delta", null);
        }
        Optional<String> strange = extensions.strange(UNDERSTOOD);
        if (strange.isPresent()) {
            throw new RevocationException(Reason.UNSUPPORTED, "expected critical extensions that are understood, found " + strange.get(), null);
        }
        Optional<Bytes> scope = extensions.value(ISSUING_DISTRIBUTION_POINT);
        if (scope.isPresent()) {
            check(DerValue.parse(scope.get()).sequence("issuingDistributionPoint"), points, authority);
        }
    }

    private static void check(DerSequence scope, RevocationPoints points, boolean authority) throws DerException, RevocationException {
        Optional<DerValue> point = scope.nextIf(DISTRIBUTION_POINT);
        boolean users = scope.nextIf(ONLY_USERS).isPresent();
        boolean authorities = scope.nextIf(ONLY_AUTHORITIES).isPresent();
        boolean divided = scope.nextIf(ONLY_SOME_REASONS).isPresent();
        boolean indirect = scope.nextIf(INDIRECT).isPresent();
        boolean attributes = scope.nextIf(ONLY_ATTRIBUTES).isPresent();
        scope.end("issuingDistributionPoint");
        if (divided || indirect) {
            throw new RevocationException(Reason.UNSUPPORTED, "expected a revocation list of one issuer for all reasons, found "
                    + (indirect ? "an indirect one" : "one for some reasons"), null);
        }
        if (attributes || users && authority || authorities && !authority) {
            throw new RevocationException(Reason.NOT_ABOUT, "expected a revocation list of " + (authority ? "authorities" : "signers")
                    + ", found one of other certificates only", null);
        }
        if (point.isPresent()) {
            List<DerValue> names = RevocationPoints.fullName(point.get());
            if (names.stream().noneMatch(name -> points.names().contains(name.encoded()))) {
                throw new RevocationException(Reason.NOT_ABOUT, "expected the list of a distribution point that the certificate names, found another's", null);
            }
        }
    }
}
