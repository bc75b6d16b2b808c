package dev.chancery.verification.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.condition.ConditionCompiler;
import dev.chancery.ports.condition.ConditionException;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.verification.Engines;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyVerifierTest {
    private static final ForgedServices SERVICES = ForgedServices.make();
    private static final ForgedKey ANN = ForgedKey.p256();
    private static final ForgedKey BOB = ForgedKey.p256();
    private static final ForgedKey CEM = ForgedKey.ed25519();
    private static final String TYPE = "https://forge.test/p/v1";

    /// Knows one expression, and has no answer for any other.
    private static final ConditionCompiler CONDITIONS = expression -> {
        if (expression.equals("nonsense")) {
            throw new ConditionException("it is nonsense", null);
        }
        return statement -> {
            if (expression.equals("unanswerable")) {
                throw new ConditionException("there is no such field", null);
            }
            return statement.predicate().utf8().orElseThrow().contains(expression);
        };
    };

    private static final String OFFICERS = """
            policy: chancery.dev/v1
            signers:
              ann: {key: ANN}
              bob: {key: BOB}
              cem: {key: CEM}
            roles:
              officers: {threshold: 2, signers: [ann, bob, cem]}
            require:
              - signatureBy: officers
            """;

    private static String pem(ForgedKey key) {
        return "\"-----BEGIN PUBLIC KEY-----\\n" + Base64.getEncoder().encodeToString(key.spki().toByteArray()) + "\\n-----END PUBLIC KEY-----\\n\"";
    }

    private static BoundPolicy bind(String yaml, @Nullable TrustedRoot root) throws ProblemException {
        String text = yaml.replace("{key: ANN", "{key: " + pem(ANN)).replace("{key: BOB", "{key: " + pem(BOB)).replace("{key: CEM", "{key: " + pem(CEM));
        return new PolicyBinder(new SpkiPublicKeyDecoder(), Engines.attestations(), () -> CONDITIONS).bind(PolicyCodec.read(Bytes.ofUtf8(text)), "test.yaml", root);
    }

    private static BoundPolicy bind(String yaml) throws ProblemException {
        return bind(yaml, SERVICES.trustedRoot());
    }

    /// A signature over the artifact by a key.
    private static Bytes by(ForgedKey key) {
        return by(key, key.spkiHash().toBase64());
    }

    private static Bytes by(ForgedKey key, String hint) {
        return BundleCodec.write(new SigstoreBundle(SigstoreBundle.Version.V0_3, new SigstoreBundle.KeyMaterial.PublicKeyHint(hint), List.of(), List.of(),
                new SigstoreBundle.Content.MessageSignature(HashAlgorithm.SHA_256.digest(ForgedBundle.ARTIFACT), key.sign(ForgedBundle.ARTIFACT))));
    }

    private static Bytes statementBy(ForgedKey key, String predicate) {
        DssePayload payload = new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"a\","
                + "\"digest\":{\"sha256\":\"" + HashAlgorithm.SHA_256.digest(ForgedBundle.ARTIFACT).hex() + "\"}}],\"predicateType\":\"" + TYPE + "\",\"predicate\":"
                + predicate + "}"));
        return BundleCodec.write(new SigstoreBundle(SigstoreBundle.Version.V0_3, new SigstoreBundle.KeyMaterial.PublicKeyHint(key.spkiHash().toBase64()), List.of(),
                List.of(), new SigstoreBundle.Content.Dsse(new DsseEnvelope(payload,
                        List.of(new DsseEnvelope.DsseSignature("", key.sign(payload.preAuthEncoding().bytes())))))));
    }

    private static Bytes forName(String name) {
        return BundleCodec.write(ForgedBundle.message(SERVICES)
                .certificate(certificate -> certificate.forNames(new GeneralName(GeneralName.rfc822Name, name))).make());
    }

    private static PolicyResult verify(List<BoundPolicy> policies, Bytes... bundles) {
        return verify(Engines.CLOCK, policies, bundles);
    }

    private static PolicyResult verify(Clock clock, List<BoundPolicy> policies, Bytes... bundles) {
        List<Offered> offered = new ArrayList<>();
        for (Bytes bundle : bundles) {
            offered.add(new Offered("bundle " + offered.size(), new Evidence.BundleBytes(bundle)));
        }
        return Engines.policies(clock).verify(offered, Engines.content(ForgedBundle.ARTIFACT), policies);
    }

    private static Set<ErrorCode> codes(PolicyResult result) {
        return Set.copyOf(result.reasons().stream().map(Reason::code).toList());
    }

    private static String edited(String yaml, String part, String replacement) {
        assertTrue(yaml.contains(part), part);
        return yaml.replace(part, replacement);
    }

    @Test
    void twoOfThreeOfficersAreEnoughWhateverElseIsThere() throws Exception {
        PolicyResult result = verify(List.of(bind(OFFICERS)), by(ForgedKey.p256()), by(CEM), Bytes.ofUtf8("junk"), by(ANN), forName("mallory@forge.test"));
        assertEquals(List.of(), result.reasons());
        assertEquals(Verdict.ACCEPTED, result.verdict());
        assertEquals(Set.of("ann", "cem"), result.policies().getFirst().demands().getFirst().counted());
        assertEquals(2, result.verified().size());
        assertTrue(result.unreadable().isEmpty());
    }

    @Test
    void oneSignatureIsTooFewAndTheMessageSaysWhoWasFound() throws Exception {
        PolicyResult result = verify(List.of(bind(OFFICERS)), by(BOB));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals(List.of("test.yaml: expected signatures of officers by 2 of [ann, bob, cem], found [bob]"),
                result.reasons().stream().map(Reason::message).toList());
        assertEquals(List.of(), result.verified());
    }

    @Test
    void theSameKeyUnderTwoNamesIsOneSigner() throws Exception {
        BoundPolicy policy = bind(edited(edited(OFFICERS, "{key: BOB}", "{key: ANN}"), "cem]", "cem], distinct: signer"));
        assertEquals(Verdict.REJECTED, verify(List.of(policy), by(ANN), by(ANN)).verdict());
        assertEquals(Verdict.ACCEPTED, verify(List.of(policy), by(ANN), by(CEM)).verdict());
    }

    @Test
    void twoKeysOfOnePersonAreOneUnlessSignersAreToldApart() throws Exception {
        String yaml = edited(OFFICERS, "{key: BOB}", "{key: BOB, person: ann}");
        assertEquals(Verdict.REJECTED, verify(List.of(bind(yaml)), by(ANN), by(BOB)).verdict());
        assertEquals(Verdict.ACCEPTED, verify(List.of(bind(edited(yaml, "cem]", "cem], distinct: signer"))), by(ANN), by(BOB)).verdict());
    }

    @Test
    void aSignatureCountsInOneRoleAndTheAssignmentIsTheBestThereIs() throws Exception {
        String yaml = edited(edited(OFFICERS, "  officers: {threshold: 2, signers: [ann, bob, cem]}",
                "  developers: {threshold: 1, signers: [ann, bob]}\n  testers: {threshold: 1, signers: [ann]}"),
                "signatureBy: officers", "signatureBy: developers\n  - signatureBy: testers");
        assertEquals(Verdict.ACCEPTED, verify(List.of(bind(yaml)), by(ANN), by(BOB)).verdict());
        assertEquals(Verdict.REJECTED, verify(List.of(bind(yaml)), by(ANN)).verdict());
    }

    @Test
    void aFloorIsMetBesideThePolicyAndNotInsteadOfIt() throws Exception {
        BoundPolicy floor = bind(OFFICERS);
        BoundPolicy project = bind(edited(OFFICERS, "threshold: 2", "threshold: 1"));
        assertEquals(Verdict.ACCEPTED, verify(List.of(project), by(ANN)).verdict());
        assertEquals(Verdict.REJECTED, verify(List.of(floor, project), by(ANN)).verdict());
        assertEquals(Verdict.ACCEPTED, verify(List.of(floor, project), by(ANN), by(BOB)).verdict());
        assertEquals(Verdict.REJECTED, verify(List.of(floor, bind(edited(OFFICERS, "require", "algorithms: [ed25519]\nrequire"))), by(ANN), by(BOB)).verdict());
    }

    @Test
    void onlyAlgorithmsOfThePolicyCount() throws Exception {
        BoundPolicy policy = bind(edited(OFFICERS, "require", "algorithms: [ecdsa-p256-sha256]\nrequire"));
        assertEquals(Verdict.ACCEPTED, verify(List.of(policy), by(ANN), by(BOB)).verdict());
        PolicyResult result = verify(List.of(policy), by(ANN), by(CEM));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.ALGORITHM_NOT_ALLOWED), codes(result));
    }

    @Test
    void anIdentityCountsWithItsEvidenceAndTheNearestIsNamed() throws Exception {
        BoundPolicy policy = bind("""
                policy: chancery.dev/v1
                signers:
                  dev: {identity: {name: {regexp: 'dev@forge'}, issuer: ISSUER}}
                  ops: {identity: {name: ops@forge.test, issuer: ISSUER}}
                roles: {release: {threshold: 1, signers: [dev, ops]}}
                require: [{signatureBy: release}]
                """.replace("ISSUER", ForgedCertificate.ISSUER));
        assertEquals(List.of(), verify(List.of(policy), forName("ops@forge.test")).reasons());
        PolicyResult other = verify(List.of(policy), forName(ForgedCertificate.NAME));
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.SIGNER_UNKNOWN), codes(other));
        assertTrue(other.reasons().getLast().message().contains("nearest is a whole match of /dev@forge/"), other.reasons().getLast().message());
    }

    @Test
    void anAuthorityOfThePolicysOwnVouchesForItsNames() throws Exception {
        ForgedServices own = ForgedServices.make();
        ForgedServices mixed = SERVICES.withAuthority(own.root(), own.authority());
        String certificates = Arrays.asList(own.authority().der(), own.root().der()).stream().map(der ->
                "      -----BEGIN CERTIFICATE-----\n      " + der.toBase64() + "\n      -----END CERTIFICATE-----\n").reduce("", String::concat);
        BoundPolicy policy = bind("policy: chancery.dev/v1\nsigners:\n  vendor:\n    authority:\n     name: " + ForgedCertificate.NAME
                + "\n     certificates: |\n" + certificates + "roles: {release: {threshold: 1, signers: [vendor]}}\nrequire: [{signatureBy: release}]\n");
        assertEquals(List.of(), verify(List.of(policy), BundleCodec.write(ForgedBundle.message(mixed).make())).reasons());
        PolicyResult fulcio = verify(List.of(policy), BundleCodec.write(ForgedBundle.message(SERVICES).make()));
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.CERTIFICATE_PATH_INVALID), codes(fulcio));
        PolicyResult untimed = verify(List.of(policy), BundleCodec.write(ForgedBundle.message(mixed).timestamped(false).make()));
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.TIME_MISSING), codes(untimed));
    }

    private static final String ATTESTED = edited(OFFICERS, "signatureBy: officers", "attestationBy: officers\n    predicateType: " + TYPE
            + "\n    conditions: [{name: passed, cel: '\"passed\"'}]");

    @Test
    void conditionsHoldForEachStatementThatCounts() throws Exception {
        BoundPolicy policy = bind(ATTESTED);
        assertEquals(List.of(), verify(List.of(policy), statementBy(ANN, "{\"passed\":1}"), statementBy(BOB, "{\"passed\":2}")).reasons());
        PolicyResult failed = verify(List.of(policy), statementBy(ANN, "{\"passed\":1}"), statementBy(BOB, "{}"));
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.CONDITION_NOT_MET), codes(failed));
        PolicyResult unanswerable = verify(List.of(bind(edited(ATTESTED, "'\"passed\"'", "unanswerable"))), statementBy(ANN, "{}"), statementBy(BOB, "{}"));
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.CONDITION_FAILED), codes(unanswerable));
        ProblemException nonsense = assertThrows(ProblemException.class, () -> bind(edited(ATTESTED, "'\"passed\"'", "nonsense")));
        assertEquals(ErrorCode.POLICY_CONDITION_INVALID, nonsense.problem().code());
    }

    @Test
    void aSignatureOverTheArtifactIsNoAttestationAndTheOtherWayRound() throws Exception {
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET), codes(verify(List.of(bind(ATTESTED)), by(ANN), by(BOB))));
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET), codes(verify(List.of(bind(OFFICERS)), statementBy(ANN, "{}"), statementBy(BOB, "{}"))));
    }

    @Test
    void aStatementMayBeOnlySoOldAsItsEvidenceOfTimeSays() throws Exception {
        BoundPolicy policy = bind("""
                policy: chancery.dev/v1
                signers: {dev: {identity: {name: dev@forge.test, issuer: ISSUER}}}
                roles: {builder: {threshold: 1, signers: [dev]}}
                require: [{attestationBy: builder, predicateType: "TYPE", maximumAge: P1D}]
                """.replace("ISSUER", ForgedCertificate.ISSUER).replace("TYPE", TYPE));
        Bytes bundle = BundleCodec.write(ForgedBundle.attestation(SERVICES).make());
        Clock sameDay = Clock.fixed(ForgedCertificate.START.plus(Duration.ofHours(20)), Engines.CLOCK.getZone());
        assertEquals(List.of(), verify(sameDay, List.of(policy), bundle).reasons());
        Clock later = Clock.fixed(ForgedCertificate.START.plus(Duration.ofHours(25)), Engines.CLOCK.getZone());
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.EVIDENCE_TOO_OLD), codes(verify(later, List.of(policy), bundle)));
        BoundPolicy keyed = bind(edited(edited(ATTESTED, "threshold: 2", "threshold: 1"), "conditions: [{name: passed, cel: '\"passed\"'}]", "maximumAge: P1D"));
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.EVIDENCE_TOO_OLD), codes(verify(List.of(keyed), statementBy(ANN, "{}"))));
    }

    @Test
    void aClockBeforeTheEvidenceMakesItUnknown() throws Exception {
        BoundPolicy policy = bind("""
                policy: chancery.dev/v1
                signers: {dev: {identity: {name: dev@forge.test, issuer: ISSUER}}}
                roles: {release: {threshold: 1, signers: [dev]}}
                require: [{signatureBy: release}]
                """.replace("ISSUER", ForgedCertificate.ISSUER));
        Clock before = Clock.fixed(ForgedCertificate.START.minusSeconds(60), Engines.CLOCK.getZone());
        PolicyResult result = verify(before, List.of(policy), forName("dev@forge.test"));
        assertEquals(Verdict.UNKNOWN, result.verdict());
        assertEquals(Set.of(ErrorCode.DEMAND_UNDECIDED, ErrorCode.CLOCK_BEHIND), codes(result));
    }

    @Test
    void requiredEvidenceIsMissedWhereItIsNot() throws Exception {
        BoundPolicy policy = bind(edited(OFFICERS, "require", "evidence: {logEntries: 1}\nrequire"));
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.LOG_ENTRY_MISSING), codes(verify(List.of(policy), by(ANN), by(BOB))));
        assertEquals(ErrorCode.POLICY_ROOT_MISSING, assertThrows(ProblemException.class, () ->
                bind(edited(OFFICERS, "require", "evidence: {logEntries: 1}\nrequire"), null)).problem().code());
    }

    @Test
    void whatABundleSaysOfItsKeyGivesItNoAuthority() throws Exception {
        BoundPolicy policy = bind(edited(OFFICERS, "threshold: 2", "threshold: 1"));
        ForgedKey mallory = ForgedKey.p256();
        assertEquals(Verdict.REJECTED, verify(List.of(policy), by(mallory, ANN.spkiHash().toBase64())).verdict());
        assertEquals(Verdict.REJECTED, verify(List.of(policy), by(mallory, "")).verdict());
        assertEquals(Verdict.REJECTED, verify(List.of(policy), by(mallory, "ann")).verdict());
        assertEquals(Verdict.REJECTED, verify(List.of(policy), by(mallory, "file:///etc/keys/ann.pub")).verdict());
        assertEquals(Verdict.ACCEPTED, verify(List.of(policy), by(ANN, "")).verdict());
    }

    @Test
    void aKeyringEntryIsRefusedWhereThereIsNoKeyring() {
        String yaml = edited(OFFICERS, "{key: CEM}", "{keyId: " + "ab".repeat(32) + "}");
        assertEquals(ErrorCode.POLICY_KEYRING_MISSING, assertThrows(ProblemException.class, () -> bind(yaml)).problem().code());
    }

    @Test
    void evidenceOfWhichNothingCanBeReadIsAnInputAtFault() throws Exception {
        PolicyResult result = verify(List.of(bind(OFFICERS)), Bytes.ofUtf8("junk"));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals(ErrorCode.JSON_MALFORMED, result.unreadable().orElseThrow().code());
        assertTrue(verify(List.of(bind(OFFICERS)), Bytes.ofUtf8("junk"), by(ANN)).unreadable().isEmpty());
    }

    @Test
    void noEvidenceAtAllIsRejected() throws Exception {
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET), codes(verify(List.of(bind(OFFICERS)))));
    }
}
