package dev.chancery.adapters.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkSignatureCheck;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Ephemeral keys by AWS-LC and by the JDK are alike; the JDK verifies what they sign.
class EphemeralKeyBackendTest {
    private static final Bytes CONTENT = Bytes.ofUtf8("some content\n");
    private static final KeyAccess ACCESS = new KeyAccess(FixedPinEntry.none(), KeyAccess.DEFAULT_DEADLINE, false);

    static Stream<Arguments> kinds() {
        return Stream.of(Named.of("AWS-LC", SignatureVerifiers.providerForMany()), Named.of("JDK", Optional.<Provider>empty()))
                .flatMap(provider -> EphemeralKeyBackend.KINDS.stream().map(kind -> Arguments.of(provider, kind)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKeyIsNewAndSignsAsItsPublicKeySays(Optional<Provider> provider, KeySpec kind) throws Exception {
        EphemeralKeyBackend backend = new EphemeralKeyBackend(new SecureRandom(), () -> provider);
        try (SigningKey one = backend.open(KeyRef.parse("fulcio:" + kind.cliName()), ACCESS);
                SigningKey another = backend.open(KeyRef.parse("fulcio:" + kind.cliName()), ACCESS)) {
            PublicKey key = one.expectedKey().orElseThrow().key();
            assertNotEquals(key, another.expectedKey().orElseThrow().key());
            assertEquals(Set.copyOf(SignatureAlgorithm.forKey(key)), one.algorithms());
            for (SignatureAlgorithm algorithm : one.algorithms()) {
                Signature signature = one.sign(ArtifactContent.keep(CONTENT.inputStream(), Set.of(algorithm.messageDigestAlgorithm()))
                        .requestFor(algorithm), KeyAccess.DEFAULT_DEADLINE);
                assertTrue(JdkSignatureCheck.verifies(key, CONTENT, signature), algorithm.cliName());
            }
        }
    }

    @Test
    void theJvmHasAwsLc() {
        assertTrue(SignatureVerifiers.providerForMany().isPresent(), "or the test above tests the JDK twice");
    }

    @Test
    void aKindThatNoAuthorityCertifiesIsRefused() {
        EphemeralKeyBackend backend = new EphemeralKeyBackend(new SecureRandom(), Optional::empty);
        assertThrows(KeyException.NotOne.class, () -> backend.open(KeyRef.parse("fulcio:rsa2048"), ACCESS));
    }
}
