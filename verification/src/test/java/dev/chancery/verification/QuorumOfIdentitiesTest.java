package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.verification.VerificationResult.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/// Quorums whose members have certificates.
class QuorumOfIdentitiesTest {
    private static final ForgedServices SERVICES = ForgedServices.make();
    /// The same names, other keys.
    private static final ForgedServices TWIN = ForgedServices.make();

    private static final SigstoreBundle GOOD = ForgedBundle.attestation(SERVICES).make();
    private static final SigstoreBundle ANOTHER = ForgedBundle.attestation(SERVICES).certificate(certificate ->
            certificate.forNames(new GeneralName(GeneralName.rfc822Name, "somebody.else@example.com"))).make();
    private static final SigstoreBundle IMITATED = ForgedBundle.attestation(TWIN).make();

    private static VerificationResult verify(ArtifactReads reads, List<SigstoreBundle> members) throws Exception {
        List<QuorumBundle.Member.Sigstore> all = members.stream().map(QuorumBundle.Member.Sigstore::new).toList();
        Trust trust = new Trust.Identity(new IdentityPolicy(new TextMatch.Exact(ForgedCertificate.NAME), new TextMatch.Exact(ForgedCertificate.ISSUER)),
                SERVICES.trustedRoot());
        return Engines.real().verify(new VerificationRequest(new Evidence.BundleBytes(QuorumCodec.write(new QuorumBundle(all.getFirst().payload(), List.copyOf(all)))),
                new Target.Content(reads), trust, new Expectations(null)));
    }

    /// Reads that can be had once, as standard input's.
    private static final class ArtifactReads implements ArtifactSource {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public String name() {
            return "artifact";
        }

        @Override
        public InputStream open() throws IOException {
            if (count.incrementAndGet() > 1) {
                throw new IOException("it was read already");
            }
            return new ByteArrayInputStream(ForgedBundle.ARTIFACT.toByteArray());
        }
    }

    @Test
    void oneMemberIsEnoughInWhateverPlaceAmongOthersAndImitations() throws Exception {
        List<SigstoreBundle> members = new ArrayList<>(List.of(GOOD, ANOTHER, IMITATED));
        for (int turn = 0; turn < members.size(); turn++) {
            VerificationResult result = verify(new ArtifactReads(), members);
            assertEquals(Verdict.ACCEPTED, result.verdict(), () -> result.reasons().toString());
            assertEquals(List.of(), result.reasons());
            Collections.rotate(members, 1);
        }
    }

    @Test
    void withoutAGoodMemberItIsRejectedForTheImitationAndNotForOthers() throws Exception {
        VerificationResult result = verify(new ArtifactReads(), List.of(ANOTHER, IMITATED));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertFalse(result.reasons().stream().map(Reason::code).anyMatch(code -> code == ErrorCode.IDENTITY_MISMATCH), result.reasons().toString());
        assertEquals(List.of(ErrorCode.MEMBER_FOREIGN), verify(new ArtifactReads(), List.of(ANOTHER)).reasons().stream().map(Reason::code).toList());
    }
}
