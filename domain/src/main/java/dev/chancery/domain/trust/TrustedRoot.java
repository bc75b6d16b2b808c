package dev.chancery.domain.trust;

import java.util.List;

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
}
