package dev.chancery.adapters.crypto.x509;

import dev.chancery.domain.trust.CertificateAuthority;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Finds the ways from a leaf to an anchor by names alone: each certificate's issuer is the next one's subject. At most
/// [#MAX_PATHS] are looked at, in the order of the authority's chain, and no more than [#MAX_STEPS] certificates on the way: a token may
/// bring any number of them that all name each other.
final class PathBuilder {
    static final int MAX_PATHS = 16;
    static final int MAX_STEPS = 256;

    private final List<X509Certificate> intermediates;
    private final X509Certificate anchor;
    private final List<List<X509Certificate>> found = new ArrayList<>();
    private int steps;

    private PathBuilder(List<X509Certificate> intermediates, X509Certificate anchor) {
        this.intermediates = intermediates;
        this.anchor = anchor;
    }

    /// The paths, without their anchor, the leaf first.
    static List<List<X509Certificate>> paths(X509Certificate leaf, List<X509Certificate> intermediates, X509Certificate anchor) {
        PathBuilder builder = new PathBuilder(intermediates, anchor);
        builder.extend(List.of(leaf));
        return builder.found;
    }

    private void extend(List<X509Certificate> path) {
        X509Certificate last = path.getLast();
        if (last.getIssuerX500Principal().equals(anchor.getSubjectX500Principal())) {
            found.add(path);
        }
        for (X509Certificate next : intermediates) {
            if (found.size() >= MAX_PATHS || path.size() >= CertificateAuthority.MAX_CHAIN || ++steps > MAX_STEPS) {
                return;
            }
            if (next.getSubjectX500Principal().equals(last.getIssuerX500Principal()) && !path.contains(next)) {
                List<X509Certificate> longer = new ArrayList<>(path);
                longer.add(next);
                extend(longer);
            }
        }
    }
}
