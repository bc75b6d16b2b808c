package dev.chancery.adapters.oci.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a user proves to a registry or its token service. Shows itself nowhere: neither class has a `toString`, `equals` or accessor of
/// the secret; it leaves only in what is sent.
public abstract sealed class Credential {
    private Credential() {}

    /// The value of the `Authorization` header when the registry takes it itself (RFC 7617).
    public abstract String basic();

    /// A user name and a password.
    public static final class Password extends Credential {
        private final String user;
        private final String password;

        public Password(String user, String password) {
            this.user = user;
            this.password = password;
        }

        @Override
        public String basic() {
            return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A token that the registry's token service exchanges for others (OAuth 2 refresh token; docker's *identity token*).
    public static final class IdentityToken extends Credential {
        private final String token;

        public IdentityToken(String token) {
            this.token = token;
        }

        /// A registry that doesn't send its clients to a token service takes it in the place of a password.
        @Override
        public String basic() {
            return new Password("<token>", token).basic();
        }

        /// For the form that the token service gets.
        public String refreshToken() {
            return token;
        }
    }
}
