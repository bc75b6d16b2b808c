package dev.chancery.adapters.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.testkit.crypto.SignatureVerifierContract;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The verifier for many signatures answers each vector as the JDK's does. AWS-LC has to be what was chosen: its build for this
/// platform is among the dependencies.
final class FastSignatureVerifierTest extends SignatureVerifierContract {
    @Override
    protected SignatureVerifier verifier() {
        return SignatureVerifiers.forMany().verifier();
    }

    @Test
    void awsLcIsChosenForManyAndBouncyCastlesCurvesForOne() {
        SignatureVerifiers.Choice many = SignatureVerifiers.forMany();
        assertEquals(Optional.empty(), many.whyNotFaster());
        assertTrue(many.implementation().startsWith("AmazonCorrettoCryptoProvider 2."), many.implementation());
        assertEquals("Bouncy Castle and JDK", SignatureVerifiers.forOne().implementation());
    }

    @Test
    void theProviderIsNotRegistered() {
        SignatureVerifiers.forMany();
        List<String> registered = Stream.of(Security.getProviders()).map(Provider::getName).toList();
        assertFalse(registered.contains("AmazonCorrettoCryptoProvider"), registered::toString);
    }
}
