package dev.chancery.domain.trust;

import java.util.List;
import java.util.function.Function;

/// Whom a verifier trusts: the complete set, of which a verification uses a part (protobuf-specs, sigstore_trustroot.proto).
///
/// Each list is in the order of the file. Members may overlap in time, or have windows in the future.
///
/// @param transparencyLogs Rekor and its like
/// @param certificateAuthorities Fulcio and its like
/// @param certificateTransparencyLogs that sign SCTs
/// @param timestampAuthorities that sign RFC 3161 timestamps
public record TrustedRoot(
        List<TransparencyLogInstance> transparencyLogs,
        List<CertificateAuthority> certificateAuthorities,
        List<TransparencyLogInstance> certificateTransparencyLogs,
        List<CertificateAuthority> timestampAuthorities) {
    /// The largest trusted root that is read, in bytes.
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    /// The most members of each list.
    public static final int MAX_INSTANCES = 1_000;

    public TrustedRoot {
        transparencyLogs = List.copyOf(transparencyLogs);
        certificateAuthorities = List.copyOf(certificateAuthorities);
        certificateTransparencyLogs = List.copyOf(certificateTransparencyLogs);
        timestampAuthorities = List.copyOf(timestampAuthorities);
    }

    /// Everybody whom one of several trusts, in their order; what several have in common counts once.
    public static TrustedRoot union(List<TrustedRoot> roots) {
        return new TrustedRoot(of(roots, TrustedRoot::transparencyLogs), of(roots, TrustedRoot::certificateAuthorities),
                of(roots, TrustedRoot::certificateTransparencyLogs), of(roots, TrustedRoot::timestampAuthorities));
    }

    private static <T> List<T> of(List<TrustedRoot> roots, Function<TrustedRoot, List<T>> part) {
        return roots.stream().flatMap(root -> part.apply(root).stream()).distinct().toList();
    }
}
