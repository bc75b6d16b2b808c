package dev.chancery.adapters.kms.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyException;
import dev.chancery.testkit.key.FixedPinEntry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;

/// Asking for signatures, and judging refusals.
public final class Signing {
    /// Every secret the tests use, so that no message may have it.
    public static final String SECRET = "s3cr3t-of-the-test";
    public static final Duration LIMIT = Duration.ofSeconds(30);
    public static final KeyAccess ACCESS = new KeyAccess(FixedPinEntry.none(), LIMIT, false);

    private Signing() {}

    /// A request over something small.
    public static SigningRequest request(SignatureAlgorithm algorithm) {
        return request(algorithm, "{}");
    }

    /// A request over a statement.
    public static SigningRequest request(SignatureAlgorithm algorithm, String statement) {
        return new SigningRequest.OfStatement(algorithm, new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8(statement)));
    }

    /// Opens a key and signs once.
    public static void signOnce(KeyBackend backend, String uri, SignatureAlgorithm algorithm) throws Exception {
        try (var key = backend.open(KeyRef.parse(uri), ACCESS)) {
            key.sign(request(algorithm), LIMIT);
        }
    }

    /// That a call is refused with exactly this code, in three whole sentences, and without the secret anywhere in its chain.
    public static KeyException assertRefused(ErrorCode code, Executable call) {
        KeyException refused = assertThrows(KeyException.class, call);
        assertEquals(code, refused.problem().code(), () -> refused.problem() + "");
        assertFalse(refused.problem().why().isBlank() || refused.problem().remedy().isBlank(), "says why and what to do");
        StringWriter text = new StringWriter();
        refused.printStackTrace(new PrintWriter(text, true));
        assertFalse((text + refused.problem().toString()).contains(SECRET), "a secret stands in a text that is shown");
        return refused;
    }
}
