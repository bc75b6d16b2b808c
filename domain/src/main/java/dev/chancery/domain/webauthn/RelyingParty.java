package dev.chancery.domain.webauthn;

import java.util.List;

/// For whom a credential approves, and what is demanded of each approval.
///
/// @param id the relying party's id, a domain
/// @param origins where approvals may be given, such as `https://sign.example.com`: each is at the id's domain, or below it; not empty
/// @param userVerified whether the authenticator must have verified its user, by PIN or finger
/// @param syncedAllowed whether the credential may be one that is copied between devices, and so lives in no one piece of hardware
public record RelyingParty(String id, List<String> origins, boolean userVerified, boolean syncedAllowed) {
    /// The domain that every page on a machine shares: for trying out.
    public static final String LOCALHOST = "localhost";

    private static final int MAX_ID = 253;

    /// @throws IllegalArgumentException when the id is no domain in lower case, or there is no origin, or one that isn't the id's
    public RelyingParty {
        origins = List.copyOf(origins);
        String domain = id;
        if (!isDomain(domain) || origins.isEmpty() || !origins.stream().allMatch(origin -> belongs(origin, domain))) {
            throw new IllegalArgumentException("a relying party has a domain and origins in it");
        }
    }

    /// Whether a text is a domain in lower case.
    public static boolean isDomain(String id) {
        return !id.isEmpty() && id.length() <= MAX_ID && !id.startsWith(".") && !id.endsWith(".") && !id.contains("..")
                && id.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.');
    }

    /// Whether a page of an origin may use the id (WebAuthn L3 §5.1.4.1): over HTTPS at the domain or below it; without TLS only on this machine.
    public static boolean belongs(String origin, String id) {
        String scheme = id.equals(LOCALHOST) && origin.startsWith("http://") ? "http://" : "https://";
        if (!origin.startsWith(scheme)) {
            return false;
        }
        String host = origin.substring(scheme.length());
        int colon = host.lastIndexOf(':');
        if (colon >= 0) {
            if (!host.substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
                return false;
            }
            host = host.substring(0, colon);
        }
        return isDomain(host) && (host.equals(id) || host.endsWith("." + id));
    }
}
