package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.testkit.forge.ForgedWitness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Bundles in which everything is signed correctly but for one defect are rejected with the code of that defect, and of nothing else.
class ForgedBundlesTest {
    private static final ForgedServices SERVICES = ForgedServices.make();

    /// The same names, other keys: an attacker who imitates the services.
    private static final ForgedServices TWIN = ForgedServices.make();

    private static final TrustedRoot ROOT = SERVICES.trustedRoot();
    private static final IdentityPolicy IDENTITY =
            new IdentityPolicy(new TextMatch.Exact(ForgedCertificate.NAME), new TextMatch.Exact(ForgedCertificate.ISSUER));
    private static final Instant START = ForgedCertificate.START;

    private final VerificationEngine engine = Engines.real();

    private record Case(String rule, ErrorCode code, ForgedBundle bundle) {}

    private static ForgedBundle message() {
        return ForgedBundle.message(SERVICES);
    }

    private static ForgedBundle attestation() {
        return ForgedBundle.attestation(SERVICES);
    }

    @TestFactory
    Stream<DynamicTest> whatIsSoundIsAccepted() {
        return Stream.of(
                        new Case("a signature in a Rekor v2 log, with a timestamp", ErrorCode.DEFECT, message()),
                        new Case("an attestation in a Rekor v2 log, with a timestamp", ErrorCode.DEFECT, attestation()),
                        new Case("a signature in a Rekor v1 log, whose promise proves the time", ErrorCode.DEFECT, message().inFirstLog()),
                        new Case("an attestation in a Rekor v1 log, of kind dsse", ErrorCode.DEFECT, attestation().inFirstLog()),
                        new Case("an attestation in a Rekor v1 log, of kind intoto", ErrorCode.DEFECT, attestation().inFirstLog().asIntoto()),
                        new Case("the only leaf of a tree", ErrorCode.DEFECT, message().entry(entry -> entry.in(0, 1))),
                        new Case("a promise with extensions, as static-ct logs sign them", ErrorCode.DEFECT, message().certificate(certificate ->
                                certificate.withPromises(SERVICES.certificateLog().promise()
                                        .withExtensions(Bytes.fromHex("00000501020304ff"), Bytes.fromHex("00000501020304ff"))))),
                        new Case("a timestamp in the certificate's last second", ErrorCode.DEFECT,
                                message().timestamp(timestamp -> timestamp.at(START.plusSeconds(600)))))
                .map(each -> DynamicTest.dynamicTest(each.rule(), () -> {
                    VerificationResult result = verify(each.bundle().make(), ROOT);
                    assertEquals(List.of(), result.reasons());
                    assertEquals(Verdict.ACCEPTED, result.verdict());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatHasOneDefectIsRejectedWithItsCode() {
        return tables().map(each -> DynamicTest.dynamicTest(each.rule() + " is " + each.code().code(), () -> {
                    VerificationResult result = verify(each.bundle().make(), ROOT);
                    assertEquals(List.of(each.code()), codes(result), () -> result.reasons().toString());
                    assertEquals(Verdict.REJECTED, result.verdict());
                }));
    }

    private static Stream<Case> tables() {
        return Stream.of(certificates(), times(), logs(), checkpoints(), certificateLogs(), identities()).flatMap(cases -> cases);
    }

    /// The codes that the tables below show.
    static List<ErrorCode> codesOfTables() {
        return tables().map(Case::code).distinct().toList();
    }

    /// As batches verify: the answers are those of the JDK.
    @TestFactory
    Stream<DynamicTest> theFasterProviderFindsTheSameDefects() {
        VerificationEngine faster = Engines.forMany();
        assertEquals(Verdict.ACCEPTED, faster.verify(request(message().make(), ROOT, Requirements.OF_CERTIFICATE)).verdict());
        return Stream.of(certificates(), times(), logs(), checkpoints(), certificateLogs()).flatMap(cases -> cases)
                .map(each -> DynamicTest.dynamicTest(each.rule() + " is " + each.code().code(), () ->
                        assertEquals(List.of(each.code()), codes(faster.verify(request(each.bundle().make(), ROOT, Requirements.OF_CERTIFICATE))))));
    }

    private static Stream<Case> certificates() {
        ForgedAuthority stranger = ForgedAuthority.root("CN=stranger", ForgedAuthority.Shape.SOUND);
        return Stream.of(
                new Case("a signature by another key than the certificate's", ErrorCode.SIGNATURE_INVALID, message().signedBy(ForgedKey.p256())),
                new Case("a certificate with a byte after it", ErrorCode.CERTIFICATE_MALFORMED,
                        message().certificateBytes(der -> der.concat(Bytes.fromHex("00")))),
                new Case("a certificate that names two issuers of the identity", ErrorCode.CERTIFICATE_MALFORMED, message().certificate(
                        certificate -> certificate.withRaw("1.3.6.1.4.1.57264.1.1", Bytes.ofUtf8("https://other.test")))),
                new Case("a certificate by an authority that nobody trusts", ErrorCode.CERTIFICATE_UNTRUSTED,
                        message().certificate(certificate -> certificate.by(stranger))),
                new Case("a certificate by an imitated authority", ErrorCode.CERTIFICATE_PATH_INVALID,
                        message().certificate(certificate -> certificate.by(TWIN.authority()))),
                new Case("a certificate with a critical extension that nobody knows", ErrorCode.CERTIFICATE_PATH_INVALID,
                        message().certificate(ForgedCertificate::withStrangeCriticalExtension)),
                new Case("a certificate for servers", ErrorCode.CERTIFICATE_USE,
                        message().certificate(certificate -> certificate.forUse(KeyPurposeId.id_kp_serverAuth))),
                new Case("a certificate for anything", ErrorCode.CERTIFICATE_USE,
                        message().certificate(certificate -> certificate.forUse(KeyPurposeId.anyExtendedKeyUsage))),
                new Case("a certificate whose key may not sign", ErrorCode.CERTIFICATE_USE,
                        message().certificate(certificate -> certificate.withKeyUsage(KeyUsage.keyEncipherment))),
                new Case("an authority's certificate as a signer's", ErrorCode.CERTIFICATE_USE,
                        message().certificate(ForgedCertificate::asAuthority)));
    }

    private static Stream<Case> times() {
        ForgedAuthority laxTimestamps = SERVICES.timestampRoot().subordinate("CN=lax", ForgedAuthority.Shape.SOUND.withPathLength(-1)
                .with(builder -> builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))));
        return Stream.of(
                new Case("no timestamp where the log promises no time", ErrorCode.TIME_MISSING, message().timestamped(false)),
                new Case("a time in a Rekor v1 entry without a promise", ErrorCode.TIME_MISSING, message().inFirstLog().entry(entry -> entry.last(
                        made -> new TransparencyLogEntry(made.logIndex(), made.logId(), made.kindVersion(), made.integratedTimeOrNull(), null,
                                made.inclusionProofOrNull(), made.canonicalizedBody())))),
                new Case("a timestamp after the certificate's end", ErrorCode.CERTIFICATE_NOT_VALID_THEN,
                        message().timestamp(timestamp -> timestamp.at(START.plusSeconds(601)))),
                new Case("a timestamp before the certificate's beginning", ErrorCode.CERTIFICATE_NOT_VALID_THEN,
                        message().timestamp(timestamp -> timestamp.at(START.minusSeconds(1)))),
                new Case("a log's promise after the certificate's end", ErrorCode.CERTIFICATE_NOT_VALID_THEN,
                        message().inFirstLog().entry(entry -> entry.at(START.plusSeconds(601)))),
                new Case("a timestamp that is no timestamp", ErrorCode.TIMESTAMP_MALFORMED, message().timestamps(_ -> List.of(Bytes.fromHex("3003020100")))),
                new Case("a timestamp that was refused", ErrorCode.TIMESTAMP_MALFORMED, message().timestamp(timestamp -> timestamp.withStatus(2))),
                new Case("a timestamp over the artifact", ErrorCode.TIMESTAMP_IMPRINT_MISMATCH,
                        message().timestamp(timestamp -> timestamp.overOther(ForgedBundle.ARTIFACT))),
                new Case("a timestamp by an imitated authority", ErrorCode.TIMESTAMP_INVALID,
                        message().timestamp(timestamp -> timestamp.by(TWIN.timestamps()))),
                new Case("a timestamp that names another certificate than it is signed by", ErrorCode.TIMESTAMP_UNTRUSTED,
                        message().timestamp(timestamp -> timestamp.naming(TWIN.timestamps()))),
                new Case("a timestamp by a stranger", ErrorCode.TIMESTAMP_UNTRUSTED, message().timestamp(timestamp -> timestamp.by(
                        ForgedAuthority.root("CN=stranger", ForgedAuthority.Shape.SOUND).subordinate("CN=strange timestamps", ForgedServices.FOR_TIMESTAMPS)))),
                new Case("a timestamp by a certificate whose use is not critical", ErrorCode.TIMESTAMP_INVALID,
                        message().timestamp(timestamp -> timestamp.by(laxTimestamps))),
                new Case("a timestamp by the signers' authority", ErrorCode.TIMESTAMP_INVALID,
                        message().timestamp(timestamp -> timestamp.by(SERVICES.timestampRoot()))),
                new Case("a timestamp that may be two minutes off", ErrorCode.TIMESTAMP_INACCURATE, message().timestamp(timestamp -> timestamp.within(120))));
    }

    private static Stream<Case> logs() {
        return Stream.of(
                new Case("no entry", ErrorCode.LOG_ENTRY_MISSING, message().entries(_ -> List.of())),
                new Case("an entry of a log that nobody trusts", ErrorCode.LOG_UNTRUSTED, message().inLog(TWIN.second())),
                new Case("an entry with a body that is no JSON", ErrorCode.LOG_ENTRY_MALFORMED, message().entry(entry -> entry.body(_ -> "{"))),
                new Case("an entry whose body is of another kind than it says", ErrorCode.LOG_ENTRY_MALFORMED,
                        message().inFirstLog().entry(entry -> entry.kind("hashedrekord", "0.0.2"))),
                new Case("an entry over another digest", ErrorCode.LOG_ENTRY_MISMATCH, message().entry(entry -> entry.body(
                        body -> body.replaceFirst("\"digest\":\"[^\"]*\"", "\"digest\":\"" + "A".repeat(43) + "=\"")))),
                new Case("an entry of another signature", ErrorCode.LOG_ENTRY_MISMATCH, message().entry(entry -> entry.body(
                        body -> body.replaceFirst("\"content\":\"[^\"]*\"", "\"content\":\"AAAA\"")))),
                new Case("an entry of another certificate", ErrorCode.LOG_ENTRY_MISMATCH, message().entry(entry -> entry.body(
                        body -> body.replaceFirst("\"rawBytes\":\"[^\"]*\"", "\"rawBytes\":\"AAAA\"")))),
                new Case("an entry of the bare key where there is a certificate", ErrorCode.LOG_ENTRY_MISMATCH, message().entry(entry -> entry.body(
                        body -> body.replaceFirst("\"x509Certificate\"", "\"publicKey\"")))),
                new Case("an entry of an attestation over another payload", ErrorCode.LOG_ENTRY_MISMATCH, attestation().inFirstLog().entry(entry -> entry.body(
                        body -> body.replaceFirst("\"payloadHash\":\\{\"algorithm\":\"sha256\",\"value\":\"..", "\"payloadHash\":{\"algorithm\":\"sha256\",\"value\":\"0f")
                                .replace("\"value\":\"0f0f", "\"value\":\"0fff")))),
                new Case("an intoto entry of another signature", ErrorCode.LOG_ENTRY_MISMATCH, attestation().inFirstLog().asIntoto().entry(entry -> entry.body(
                        body -> body.replaceFirst("\"sig\":\"[^\"]*\"", "\"sig\":\"QUFBQQ==\"")))),
                new Case("an entry that repeats a signature", ErrorCode.LOG_ENTRY_MISMATCH, attestation().inFirstLog().entry(entry -> entry.body(
                        body -> body.replaceFirst("\"signatures\":\\[(.*)\\]", "\"signatures\":[$1,$1]")))),
                new Case("a promise by an imitated log", ErrorCode.LOG_PROMISE_INVALID, message().inFirstLog().entry(entry -> entry.signedBy(TWIN.first().key()))),
                new Case("a promise whose time was changed", ErrorCode.LOG_PROMISE_INVALID, message().inFirstLog().entry(entry -> entry.last(
                        made -> new TransparencyLogEntry(made.logIndex(), made.logId(), made.kindVersion(), START.plusSeconds(60),
                                made.signedEntryTimestampOrNull(), made.inclusionProofOrNull(), made.canonicalizedBody())))),
                new Case("a Rekor v1 entry whose index was changed", ErrorCode.LOG_PROMISE_INVALID, message().inFirstLog().entry(
                        entry -> entry.last(made -> withIndex(made, 77)))),
                new Case("a Rekor v2 entry whose index was changed", ErrorCode.LOG_INDEX_MISMATCH, message().entry(
                        entry -> entry.last(made -> withIndex(made, 5)))));
    }

    private static Stream<Case> checkpoints() {
        return Stream.of(
                new Case("a proof with a hash too few", ErrorCode.INCLUSION_PROOF_INVALID, message().entry(entry -> entry.proof(
                        proof -> withHashes(proof, proof.hashes().subList(0, proof.hashes().size() - 1))))),
                new Case("a proof with a hash too many", ErrorCode.INCLUSION_PROOF_INVALID, message().entry(entry -> entry.proof(proof -> {
                    List<Bytes> more = new ArrayList<>(proof.hashes());
                    more.add(proof.rootHash());
                    return withHashes(proof, more);
                }))),
                new Case("a proof with another hash", ErrorCode.INCLUSION_PROOF_INVALID, message().entry(entry -> entry.proof(proof -> {
                    List<Bytes> others = new ArrayList<>(proof.hashes());
                    others.set(0, proof.rootHash());
                    return withHashes(proof, others);
                }))),
                new Case("a body that was changed after it was logged", ErrorCode.INCLUSION_PROOF_INVALID, message().entry(entry -> entry.last(
                        made -> new TransparencyLogEntry(made.logIndex(), made.logId(), made.kindVersion(), null, null, made.inclusionProofOrNull(),
                                Bytes.ofUtf8(" ").concat(made.canonicalizedBody()))))),
                new Case("a checkpoint of a larger tree", ErrorCode.CHECKPOINT_MISMATCH,
                        message().entry(entry -> entry.checkpoint(text -> text.replace("\n7\n", "\n8\n")))),
                new Case("a checkpoint of another log", ErrorCode.CHECKPOINT_MISMATCH,
                        message().entry(entry -> entry.checkpoint(text -> text.replace("rekor.forge.test", "rekor.other.test")))),
                new Case("a checkpoint that isn't one", ErrorCode.CHECKPOINT_MISMATCH, message().entry(entry -> entry.checkpoint(_ -> "nothing\n"))),
                new Case("a checkpoint by an imitated Rekor v2 log", ErrorCode.CHECKPOINT_SIGNATURE_INVALID,
                        message().entry(entry -> entry.signedBy(TWIN.second().key()))),
                new Case("a checkpoint that was changed after it was signed, of a Rekor v1 log", ErrorCode.CHECKPOINT_SIGNATURE_INVALID,
                        message().inFirstLog().entry(entry -> entry.proof(proof -> new InclusionProof(proof.logIndex(), proof.rootHash(), proof.treeSize(),
                                proof.hashes(), proof.checkpoint().orElseThrow().replace("forge.test - 2", "forge.test - 3"))))));
    }

    private static Stream<Case> certificateLogs() {
        return Stream.of(
                new Case("a certificate without a log's promise", ErrorCode.SCT_MISSING, message().certificate(ForgedCertificate::withPromises)),
                new Case("a certificate with a list of promises that is none", ErrorCode.SCT_MALFORMED,
                        message().certificate(certificate -> certificate.withRawPromises(Bytes.fromHex("000300")))),
                new Case("a promise of a certificate log that nobody trusts", ErrorCode.SCT_LOG_UNTRUSTED,
                        message().certificate(certificate -> certificate.withPromises(TWIN.certificateLog().promise()))),
                new Case("a promise by an imitated certificate log", ErrorCode.SCT_INVALID, message().certificate(
                        certificate -> certificate.withPromises(SERVICES.certificateLog().promise().signedBy(TWIN.certificateLog().key())))),
                new Case("a promise whose extensions were changed", ErrorCode.SCT_INVALID, message().certificate(certificate -> certificate.withPromises(
                        SERVICES.certificateLog().promise().withExtensions(Bytes.fromHex("0000050000000001"), Bytes.fromHex("0000050000000002"))))));
    }

    private static Stream<Case> identities() {
        return Stream.of(
                new Case("a certificate for someone else", ErrorCode.IDENTITY_MISMATCH, message().certificate(
                        certificate -> certificate.forNames(new GeneralName(GeneralName.rfc822Name, "dev@forge.test.evil.test")))),
                new Case("a name with a zero byte after it", ErrorCode.IDENTITY_MISMATCH, message().certificate(
                        certificate -> certificate.forNames(new GeneralName(GeneralName.rfc822Name, "dev@forge.test\0.evil.test")))));
    }

    @Test
    void aNameOutsideTheAuthoritysConstraintsIsRejected() {
        ForgedAuthority root = ForgedAuthority.root("CN=narrow root", ForgedAuthority.Shape.SOUND.with(builder -> builder.addExtension(
                Extension.nameConstraints, true, new NameConstraints(new GeneralSubtree[] {
                    new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, "elsewhere.test"))}, null))));
        assertRejectedBelow(root, ForgedAuthority.Shape.SOUND.withPathLength(0), ErrorCode.CERTIFICATE_NAME_NOT_ALLOWED);
    }

    @Test
    void anAuthorityThatIsNoneIsRejected() {
        assertRejectedBelow(ForgedAuthority.root("CN=root", ForgedAuthority.Shape.SOUND), ForgedAuthority.Shape.SOUND.withPathLength(-1),
                ErrorCode.CERTIFICATE_PATH_INVALID);
    }

    @Test
    void anAuthorityBelowARootThatAllowsNoneIsRejected() {
        assertRejectedBelow(ForgedAuthority.root("CN=root", ForgedAuthority.Shape.SOUND.withPathLength(0)), ForgedAuthority.Shape.SOUND.withPathLength(0),
                ErrorCode.CERTIFICATE_PATH_INVALID);
    }

    @Test
    void anAuthorityForOtherUsesIsRejected() {
        assertRejectedBelow(ForgedAuthority.root("CN=root", ForgedAuthority.Shape.SOUND), ForgedAuthority.Shape.SOUND.withPathLength(0)
                .with(builder -> builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))),
                ErrorCode.CERTIFICATE_USE);
    }

    @Test
    void anAuthorityThatHadEndedIsRejected() {
        assertRejectedBelow(ForgedAuthority.root("CN=root", ForgedAuthority.Shape.SOUND),
                ForgedAuthority.Shape.SOUND.withPathLength(0).until(START.minusSeconds(1)), ErrorCode.CERTIFICATE_NOT_VALID_THEN);
        assertRejectedBelow(ForgedAuthority.root("CN=root", ForgedAuthority.Shape.SOUND.until(START.minusSeconds(1))),
                ForgedAuthority.Shape.SOUND.withPathLength(0), ErrorCode.CERTIFICATE_NOT_VALID_THEN);
    }

    private void assertRejectedBelow(ForgedAuthority root, ForgedAuthority.Shape shape, ErrorCode code) {
        ForgedServices services = SERVICES.withAuthority(root, root.subordinate("CN=below", shape));
        VerificationResult result = verify(ForgedBundle.message(services).make(), services.trustedRoot());
        assertEquals(List.of(code), codes(result), () -> result.reasons().toString());
    }

    @Test
    void whatALogSignedOutsideOfItsKeysWindowIsRejected() {
        TrustedRoot later = SERVICES.trustedRoot(new ValidityWindow(START.plusSeconds(30), null));
        assertEquals(List.of(ErrorCode.LOG_KEY_OUTSIDE_WINDOW), codes(verify(message().inFirstLog().make(), later)));
        assertEquals(List.of(ErrorCode.LOG_KEY_OUTSIDE_WINDOW), codes(verify(message().make(), later)), "the certificate log's promise");
    }

    @Test
    void anEntryOfARetiredLogWithoutProofOfItsTimeIsUnknown() {
        TrustedRoot retired = SERVICES.trustedRoot(new ValidityWindow(ForgedAuthority.START, START.plusSeconds(4)));
        VerificationResult result = verify(message().make(), retired);
        assertEquals(List.of(ErrorCode.LOG_KEY_RETIRED), codes(result));
        assertEquals(Verdict.UNKNOWN, result.verdict());
        assertEquals(Verdict.ACCEPTED, verify(message().make(), SERVICES.trustedRoot(new ValidityWindow(ForgedAuthority.START, START.plusSeconds(5)))).verdict());
    }

    @Test
    void cosignaturesAreCountedByWitness() {
        ForgedWitness one = ForgedWitness.named("one.test/witness");
        ForgedWitness two = ForgedWitness.named("two.test/witness");
        List<Witness> trusted = Stream.of(one, two).map(witness -> new Witness(witness.name(), new Ed25519PublicKey(witness.key().rawEd25519()))).toList();
        SigstoreBundle once = message().entry(entry -> entry.cosigned(one).cosigned(one)).make();
        SigstoreBundle twice = message().entry(entry -> entry.cosigned(one).cosigned(two)).make();
        SigstoreBundle imitated = message().entry(entry -> entry.cosigned(ForgedWitness.named(one.name()))).make();
        assertEquals(Verdict.ACCEPTED, verify(twice, ROOT, new Requirements(1, 1, 1, trusted, 2)).verdict());
        assertEquals(Verdict.ACCEPTED, verify(once, ROOT, new Requirements(1, 1, 1, trusted, 1)).verdict());
        assertEquals(List.of(ErrorCode.WITNESSES_MISSING), codes(verify(once, ROOT, new Requirements(1, 1, 1, trusted, 2))));
        assertEquals(List.of(ErrorCode.WITNESSES_MISSING), codes(verify(imitated, ROOT, new Requirements(1, 1, 1, trusted, 1))));
    }

    @Test
    void aCertificateMustMakeTheClaimsThatAreWanted() {
        SigstoreBundle bundle = message().certificate(certificate -> certificate.withClaim("1.3.6.1.4.1.57264.1.12", "https://code.test/app")).make();
        assertEquals(Verdict.ACCEPTED, verify(bundle, claims("sourceRepositoryUri", "https://code.test/app")).verdict());
        assertEquals(List.of(ErrorCode.IDENTITY_CLAIM_MISMATCH), codes(verify(bundle, claims("sourceRepositoryUri", "https://code.test/other"))));
        assertEquals(List.of(ErrorCode.IDENTITY_CLAIM_MISMATCH), codes(verify(bundle, claims("sourceRepositoryRef", "refs/heads/main"))));
    }

    @Test
    void aBareKeyIsNoCertificate() {
        SigstoreBundle whole = message().make();
        SigstoreBundle bare = new SigstoreBundle(whole.version(), new KeyMaterial.PublicKeyHint(""), whole.logEntries(), whole.timestamps(), whole.content());
        assertEquals(List.of(ErrorCode.CERTIFICATE_MISSING), codes(verify(bare, ROOT)));
    }

    @Test
    void nothingIsWantedThatTheUserHasWaived() {
        SigstoreBundle unlogged = message().entries(_ -> List.of()).make();
        assertEquals(Verdict.ACCEPTED, verify(unlogged, ROOT, Requirements.OF_CERTIFICATE.withoutLog()).verdict());
        SigstoreBundle unpromised = message().certificate(ForgedCertificate::withPromises).make();
        assertEquals(Verdict.ACCEPTED, verify(unpromised, ROOT, Requirements.OF_CERTIFICATE.withoutCertificateTimestamps()).verdict());
        SigstoreBundle timeless = message().timestamped(false).make();
        assertEquals(List.of(ErrorCode.TIME_MISSING), codes(verify(timeless, ROOT, Requirements.OF_CERTIFICATE.withTimes(0))),
                "a certificate always needs proof of time");
    }

    @Test
    void theSameLogTwiceIsOneLog() {
        Requirements two = new Requirements(2, 1, 1, List.of(), 0);
        SigstoreBundle doubled = message().entries(entries -> Stream.concat(entries.stream(), entries.stream()).toList()).make();
        assertEquals(Verdict.REJECTED, verify(doubled, ROOT, two).verdict());
        assertEquals(Verdict.ACCEPTED, verify(message().alsoInLog(SERVICES.first()).make(), ROOT, two).verdict());
    }

    private static IdentityPolicy claims(String label, String value) {
        return new IdentityPolicy(IDENTITY.name(), IDENTITY.issuer(), Map.of(Stream.of(dev.chancery.domain.certificate.FulcioClaim.values())
                .filter(claim -> claim.label().equals(label)).findFirst().orElseThrow(), new TextMatch.Exact(value)));
    }

    private static TransparencyLogEntry withIndex(TransparencyLogEntry entry, long index) {
        return new TransparencyLogEntry(index, entry.logId(), entry.kindVersion(), entry.integratedTimeOrNull(), entry.signedEntryTimestampOrNull(),
                entry.inclusionProofOrNull(), entry.canonicalizedBody());
    }

    private static InclusionProof withHashes(InclusionProof proof, List<Bytes> hashes) {
        return new InclusionProof(proof.logIndex(), proof.rootHash(), proof.treeSize(), hashes, proof.checkpointOrNull());
    }

    private static List<ErrorCode> codes(VerificationResult result) {
        return result.reasons().stream().map(VerificationResult.Reason::code).toList();
    }

    private VerificationResult verify(SigstoreBundle bundle, TrustedRoot root) {
        return verify(bundle, root, Requirements.OF_CERTIFICATE);
    }

    private VerificationResult verify(SigstoreBundle bundle, IdentityPolicy policy) {
        return engine.verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(bundle)), Engines.content(ForgedBundle.ARTIFACT),
                new Trust.Identity(policy, ROOT), new Expectations(null)));
    }

    private VerificationResult verify(SigstoreBundle bundle, TrustedRoot root, Requirements requirements) {
        return engine.verify(request(bundle, root, requirements));
    }

    private static VerificationRequest request(SigstoreBundle bundle, TrustedRoot root, Requirements requirements) {
        return new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(bundle)), Engines.content(ForgedBundle.ARTIFACT),
                new Trust.Identity(IDENTITY, root), new Expectations(null), requirements);
    }
}
