package dev.chancery.adapters.keys.jca;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import java.security.UnrecoverableKeyException;
import java.time.Duration;
import java.util.List;
import javax.security.auth.login.FailedLoginException;
import org.jspecify.annotations.Nullable;

/// Translates what providers throw. JCA has no type for a locked PIN: SunPKCS11 puts the PKCS#11 name into a message of the chain.
final class JcaFailures {
    /// PKCS#11's names, and what BouncyCastle says when a store's integrity check fails, for PKCS #12, BCFKS and BKS.
    private static final List<String> WRONG_PIN =
            List.of("CKR_PIN_INCORRECT", "CKR_PIN_LEN_RANGE", "CKR_PIN_INVALID", "mac invalid - wrong password", "MAC calculation failed",
                    "KeyStore integrity check failed");

    private JcaFailures() {}

    /// The PIN or passphrase of a store, by whether it is a file.
    static PinEntry.Kind pinKind(JcaStore store) {
        return store.fileOrNull() == null ? PinEntry.Kind.TOKEN_PIN : PinEntry.Kind.PASSPHRASE;
    }

    static KeyException opening(JcaStore store, Throwable cause) {
        for (Throwable link = cause; link != null; link = link.getCause()) {
            String message = String.valueOf(link.getMessage());
            if (message.contains("CKR_PIN_LOCKED")) {
                return new KeyException.PinLocked(new Problem(ErrorCode.PIN_LOCKED, "the key store " + store.name() + " was not opened",
                        "the token has locked its PIN", "have the token's security officer set a new PIN"), cause);
            }
            if (link instanceof UnrecoverableKeyException || link instanceof FailedLoginException
                    || WRONG_PIN.stream().anyMatch(message::contains)) {
                return wrong(store, cause);
            }
        }
        return new KeyException.BackendUnusable(new Problem(ErrorCode.JCA_PROVIDER_UNUSABLE, "the key store " + store.name() + " was not opened",
                "its provider says: " + cause, "check the store in the configuration, and that its token or file is there"), cause);
    }

    private static KeyException wrong(JcaStore store, Throwable cause) {
        ErrorCode code = pinKind(store) == PinEntry.Kind.TOKEN_PIN ? ErrorCode.PIN_WRONG : ErrorCode.PASSPHRASE_WRONG;
        return new KeyException.PinWrong(new Problem(code, "the key store " + store.name() + " was not opened",
                "its provider says that the PIN or passphrase is wrong, or the store damaged", "try again with the right one; nothing was tried twice"), -1, cause);
    }

    static KeyException provider(JcaStore store, String why, @Nullable Throwable cause) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.JCA_PROVIDER_UNUSABLE,
                "the provider of the key store " + store.name() + " cannot be used", why,
                "check providerClass or providerName, providerPath, providerConfig and type in the configuration"), cause);
    }

    static KeyException.PinUnavailable noPin(JcaStore store) {
        return new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_UNAVAILABLE, "the key store " + store.name() + " was not opened",
                "it needs a PIN or passphrase, and there is none and nobody to ask",
                "set CHANCERY_PIN for a token or CHANCERY_PASSPHRASE for a file, or run in a terminal; say \"pin\": \"none\" if it needs none"), null);
    }

    static KeyException.NotOne absent(JcaUri uri, List<String> present) {
        return new KeyException.NotOne(new Problem(ErrorCode.KEY_NOT_FOUND, "there is no key " + uri.text(),
                present.isEmpty() ? "the store has no private keys" : "the store has " + String.join(", ", present),
                "choose one of the store's keys: chancery key list jca:" + uri.store()), present);
    }

    static KeyException.NotOne ambiguous(JcaUri uri, List<String> present) {
        return new KeyException.NotOne(new Problem(ErrorCode.KEY_AMBIGUOUS, "more than one key matches " + uri.text(),
                "the store has " + String.join(", ", present), "add ;alias=ALIAS"), present);
    }

    static KeyException.MayNotSign withoutCertificate(JcaUri uri) {
        return new KeyException.MayNotSign(new Problem(ErrorCode.EXPECTED_KEY_UNKNOWN, "the key " + uri.text() + " cannot be used",
                "it has no certificate, so nothing says what its public key is", "store a certificate beside the key; self-signed will do"), null);
    }

    static KeyException.AlgorithmUnsupported algorithm(String uri, String why) {
        return new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, "nothing was signed with " + uri, why,
                "see chancery key show for what it can do"), null);
    }

    static KeyException.DeviceFailed signing(String uri, Throwable cause) {
        return new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_FAILED, "nothing was signed with " + uri,
                "its provider says: " + cause, "check the token or store; nothing was tried twice"), cause);
    }

    static KeyException.DeadlineExceeded deadline(String what, Duration limit) {
        return new KeyException.DeadlineExceeded(new Problem(ErrorCode.KEY_DEADLINE, what,
                "the provider did not answer within " + limit + "; whether it has acted is not known", "check the token, then try again"), null);
    }
}
