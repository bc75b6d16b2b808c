package dev.chancery.domain.trust;

import java.util.List;

/// Which services a signer uses (protobuf-specs v0.5, sigstore_trustroot.proto, SigningConfig). None at all is the usual case for keys:
/// then nothing leaves the machine.
///
/// @param certificateAuthorities Fulcio and its like; one is used
/// @param identityProviders OpenID Connect issuers; one is used
/// @param transparencyLogs Rekor and its like
/// @param timestampAuthorities full URLs for RFC 3161 requests
public record SigningConfig(
        List<Service> certificateAuthorities, List<Service> identityProviders, ServiceGroup transparencyLogs, ServiceGroup timestampAuthorities) {
    /// The largest signing configuration that is read, in bytes.
    public static final int MAX_LENGTH = 1024 * 1024;

    /// The most services of each list.
    public static final int MAX_SERVICES = 100;

    public SigningConfig {
        certificateAuthorities = List.copyOf(certificateAuthorities);
        identityProviders = List.copyOf(identityProviders);
    }
}
