package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.verification.roles.Role;
import dev.chancery.verification.roles.RoleVerifier;
import dev.chancery.verification.roles.RolesResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class RoleVerifierTest {
    private static final ForgedServices SERVICES = ForgedServices.make();

    private final RoleVerifier verifier = new RoleVerifier(Engines.real());

    private static Evidence by(String name) {
        return new Evidence.BundleBytes(BundleCodec.write(ForgedBundle.attestation(SERVICES)
                .certificate(certificate -> certificate.forNames(new GeneralName(GeneralName.rfc822Name, name))).make()));
    }

    private static Role officers(int threshold, TrustedRoot root) {
        return new Role("officers", threshold, Stream.of("ann", "bob", "cem").map(person -> new Role.Signer(person, new Trust.Identity(
                new IdentityPolicy(new TextMatch.Exact(person + "@forge.test"), new TextMatch.Exact(ForgedCertificate.ISSUER)), root))).toList());
    }

    private RolesResult verify(TrustedRoot root, Evidence... evidence) {
        return verifier.verify(List.of(evidence), Engines.content(ForgedBundle.ARTIFACT), List.of(officers(2, root)), new Expectations(null));
    }

    @Test
    void twoOfThreeOfficersAreEnoughWhateverElseIsThere() {
        TrustedRoot root = SERVICES.trustedRoot();
        RolesResult result = verify(root, by("mallory@forge.test"), by("cem@forge.test"), by("ann@forge.test"));
        assertEquals(Verdict.ACCEPTED, result.verdict());
        assertEquals(Set.of("ann", "cem"), result.roles().getFirst().people());
    }

    @Test
    void oneOfficerTwiceIsOne() {
        RolesResult result = verify(SERVICES.trustedRoot(), by("ann@forge.test"), by("ann@forge.test"));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals("expected 2 of [ann, bob, cem] for officers, found [ann]", result.roles().getFirst().message());
    }

    @Test
    void officersWhoseEvidenceCannotBeJudgedMakeItUnknownOnlyWhereTheyWouldBeEnough() {
        TrustedRoot retired = SERVICES.trustedRoot(new ValidityWindow(ForgedAuthority.START, ForgedCertificate.START.plusSeconds(4)));
        assertEquals(Verdict.UNKNOWN, verify(retired, by("ann@forge.test"), by("bob@forge.test")).verdict());
        assertEquals(Verdict.REJECTED, verify(retired, by("ann@forge.test")).verdict());
    }
}
