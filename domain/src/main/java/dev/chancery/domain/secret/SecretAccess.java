package dev.chancery.domain.secret;

/// Asked for wherever a secret is read, so that a search for its name finds every such place.
public final class SecretAccess {
    private static final SecretAccess GRANTED = new SecretAccess();

    private SecretAccess() {}

    /// The token. Calling this says: the caller hands the secret only to the token, file or service it belongs to.
    public static SecretAccess grantedForUse() {
        return GRANTED;
    }
}
