package dev.chancery.domain.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {
    private static final Digest DIGEST = HashAlgorithm.SHA_256.digest(Bytes.empty());
    private static final Map<String, PolicySigner> SIGNERS = Map.of("a", new PolicySigner("a", new PolicySigner.Proof.Key("pem")));
    private static final Map<String, Role> ROLES = Map.of("r", new Role(1, List.of("a"), Role.Distinct.PERSON));
    private static final List<Demand> DEMANDS = List.of(new Demand.Signature("r"));

    private static VerificationPolicy policy(Map<String, Role> roles, List<Demand> demands, Set<SignatureAlgorithm> algorithms) {
        return new VerificationPolicy(DIGEST, SIGNERS, roles, demands, EvidenceDemand.USUAL, algorithms);
    }

    @Test
    void aPolicyThatDemandsNothingCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> policy(ROLES, List.of(), Set.of()));
    }

    @Test
    void everyNameLeadsSomewhere() {
        assertThrows(IllegalArgumentException.class,
                () -> policy(Map.of("r", new Role(1, List.of("b"), Role.Distinct.PERSON)), DEMANDS, Set.of()));
        assertThrows(IllegalArgumentException.class, () -> policy(ROLES, List.of(new Demand.Signature("s")), Set.of()));
    }

    @Test
    void whereAlgorithmsAreNamedOnlyThoseCount() {
        assertEquals(true, policy(ROLES, DEMANDS, Set.of()).allows(SignatureAlgorithm.ED25519));
        VerificationPolicy narrow = policy(ROLES, DEMANDS, Set.of(SignatureAlgorithm.ECDSA_P256_SHA_256));
        assertEquals(List.of(true, false),
                List.of(narrow.allows(SignatureAlgorithm.ECDSA_P256_SHA_256), narrow.allows(SignatureAlgorithm.ED25519)));
    }

    @Test
    void aThresholdCanBeMetAndASignerHasOnePlace() {
        assertThrows(IllegalArgumentException.class, () -> new Role(0, List.of("a"), Role.Distinct.SIGNER));
        assertThrows(IllegalArgumentException.class, () -> new Role(2, List.of("a"), Role.Distinct.SIGNER));
        assertThrows(IllegalArgumentException.class, () -> new Role(1, List.of("a", "a"), Role.Distinct.SIGNER));
    }

    @Test
    void anEmptyTextIsNoRule() {
        assertThrows(IllegalArgumentException.class, () -> new TextRule.Exact(""));
        assertThrows(IllegalArgumentException.class, () -> new TextRule.Regexp(""));
    }

    @Test
    void anAgeIsPositive() {
        assertThrows(IllegalArgumentException.class, () -> new Demand.Attestation("r", "t", List.of(), Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new Demand.Attestation("r", "", List.of(), null));
    }

    @Test
    void evidenceIsDemandedFromNoneToThirtyTwo() {
        assertEquals(32, new EvidenceDemand(0, EvidenceDemand.MOST, null).times().orElseThrow());
        assertThrows(IllegalArgumentException.class, () -> new EvidenceDemand(-1, null, null));
        assertThrows(IllegalArgumentException.class, () -> new EvidenceDemand(null, 33, null));
    }
}
