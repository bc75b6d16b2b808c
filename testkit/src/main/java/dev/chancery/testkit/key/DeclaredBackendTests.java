package dev.chancery.testkit.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRefused;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.ports.key.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/// The declaration under test, and how its keys are opened, asked and judged.
abstract class DeclaredBackendTests {
    /// Generous: what it bounds is a hanging test, not a slow one.
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private final List<SigningKey> opened = new ArrayList<>();
    private @Nullable DeclaredBackend declared;

    /// The back end under test, fresh, with all it can do. Called before each test.
    protected abstract DeclaredBackend declare() throws Exception;

    @BeforeEach
    final void declareBackend() throws Exception {
        declared = declare();
    }

    @AfterEach
    final void closeWhatWasOpened() {
        opened.forEach(SigningKey::close);
        opened.clear();
    }

    final DeclaredBackend declared() {
        return java.util.Objects.requireNonNull(declared);
    }

    static KeyAccess access(PinEntry pinEntry) {
        return new KeyAccess(pinEntry, DEADLINE, false);
    }

    final SigningKey open(DeclaredKey key) throws KeyException {
        return closedAfterwards(declared().backend().open(key.ref(), access(key.pinEntry())));
    }

    final SigningKey closedAfterwards(SigningKey key) {
        opened.add(key);
        return key;
    }

    static SigningRequest artifact(SignatureAlgorithm algorithm, Bytes content) throws IOException, SigningRefused {
        return ArtifactContent.keep(content.inputStream(), Set.of(algorithm.messageDigestAlgorithm())).requestFor(algorithm);
    }

    static DssePayload statement(Bytes content) {
        return new DssePayload(DssePayload.IN_TOTO, content);
    }

    final void assertVerifies(PublicKey key, Bytes content, Signature signature) {
        assertTrue(declared().judge().verifies(key, content, signature),
                () -> "the judge does not take the " + signature.algorithm().cliName() + " signature over " + content);
    }

    /// Signs something small with each algorithm the key declares, and checks it.
    final void assertSigns(SigningKey key, PublicKey publicKey) throws Exception {
        Bytes content = Bytes.ofUtf8("Ein Prüftext, 署名");
        for (SignatureAlgorithm algorithm : key.algorithms()) {
            assertVerifies(publicKey, content, key.sign(artifact(algorithm, content), DEADLINE));
        }
    }

    /// That a call is refused with exactly this type and code, in whole sentences, and without any secret in any message of its chain.
    final <X extends KeyException> X assertRefused(Class<X> type, ErrorCode code, Executable call) {
        X refusal = assertThrowsExactly(type, call);
        assertEquals(code, refusal.problem().code(), refusal::getMessage);
        assertFalse(refusal.problem().what().isBlank(), "says what did not happen");
        assertFalse(refusal.problem().why().isBlank(), "says why");
        assertFalse(refusal.problem().remedy().isBlank(), "says what to do");
        assertHasNoSecret(refusal);
        return refusal;
    }

    private void assertHasNoSecret(KeyException refusal) {
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text, true));
        text.append(refusal.problem().toString());
        if (refusal instanceof KeyException.NotOne notOne) {
            text.append(notOne.present().toString());
        }
        assertHasNoSecret(text.toString());
    }

    /// Looks for each declared secret as a word of its own, so that a short PIN isn't found inside a number by chance.
    final void assertHasNoSecret(String text) {
        List<String> secrets = new ArrayList<>();
        declared().keys().forEach(key -> addIfPresent(secrets, key.secretOrNull()));
        declared().secret().ifPresent(secret -> secrets.add(secret.wrong()));
        declared().generation().ifPresent(generation -> addIfPresent(secrets, generation.secretOrNull()));
        for (String secret : secrets) {
            String word = "(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])";
            assertFalse(Pattern.compile(word).matcher(text).find(), "a secret stands in a text that is shown");
        }
    }

    private static void addIfPresent(List<String> secrets, @Nullable String secret) {
        if (secret != null && !secret.isEmpty()) {
            secrets.add(secret);
        }
    }
}
