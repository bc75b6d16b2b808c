package dev.chancery.application.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRefused;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkSignatureCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// One signature, from the key's reference to the bundle.
class SigningPathTest {
    private static final Expectation SHOWN = new Expectation.FromBackend();
    private static final String CONTENT = "content";
    /// `printf content | sha256sum`
    private static final String CONTENT_SHA_256 = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

    @TempDir
    private Path folder;
    private Path log;
    private SignedThings things;
    private PublicKey release;

    @BeforeEach
    void putTogether() {
        log = folder.resolve("audit.log");
        things = SignedThings.with(log);
        release = things.keys().add("release", KeySpec.P_256);
    }

    private SignedBundle sign(String content, String key, SigningOptions options) throws Exception {
        return new SignArtifact(things.backends(), things.path()).sign(SignedThings.artifact("a.txt", content), KeyRef.parse(key), options);
    }

    private List<AuditEvent> recorded() throws AuditException {
        List<AuditEvent> events = new ArrayList<>();
        assertTrue(things.audit().verify((index, event) -> events.add(event)).broken().isEmpty());
        return events;
    }

    private void assertNothingSigned(ErrorCode code, Class<? extends ProblemException> kind, Executable attempt) {
        assertEquals(code, assertThrows(kind, attempt).problem().code());
        assertFalse(Files.exists(log), "a record of what was not signed");
    }

    @Test
    void aSignatureThatIsHandedOutVerifiesAndStandsInTheAuditLog() throws Exception {
        SignedBundle signed = sign(CONTENT, "memory:release", SignedThings.options(SHOWN, null));
        Content.MessageSignature content = assertInstanceOf(Content.MessageSignature.class, signed.bundle().content());
        assertEquals(CONTENT_SHA_256, content.digest().orElseThrow().hex());
        assertTrue(JdkSignatureCheck.verifies(release, Bytes.ofUtf8(CONTENT),
                new Signature(SignatureAlgorithm.ECDSA_P256_SHA_256, content.signature())));
        AuditEvent.SignatureMade made = assertInstanceOf(AuditEvent.SignatureMade.class, recorded().getFirst());
        assertEquals(HashAlgorithm.SHA_256.digest(content.signature()), made.signature());
        assertEquals(CONTENT_SHA_256, made.subjects().getFirst().digest().hex());
        assertEquals(List.of(SignedThings.NOW.toString(), "tester", release.id().hex()),
                List.of(made.time().toString(), made.actor(), made.keyId()));
    }

    @Test
    void whatCannotBeRecordedIsNotHandedOut() throws Exception {
        sign(CONTENT, "memory:release", SignedThings.options(SHOWN, null));
        String text = Files.readString(log);
        Files.writeString(log, text.replace("\"tester\"", "\"nobody\""));
        putTogether(); // another process
        AuditException refused = assertThrows(AuditException.class, () -> sign(CONTENT, "memory:release", SignedThings.options(SHOWN, null)));
        assertEquals(ErrorCode.AUDIT_UNWRITABLE, refused.problem().code());
        assertEquals(1, Files.readString(log).lines().count());
    }

    @Test
    void aRequestWithoutAnAnswerIsRecordedAsSuchAndMayBeMadeAgain() throws Exception {
        SigningOptions impatient = new SigningOptions(
                new KeyAccess(FixedPinEntry.of(SignedThings.PIN), Duration.ofMillis(50), false), SHOWN, null);
        AutoCloseable held = things.keys().holdBack();
        assertEquals(ErrorCode.KEY_DEADLINE, assertThrows(KeyException.DeadlineExceeded.class,
                () -> sign(CONTENT, "memory:release", impatient)).problem().code());
        held.close();
        AuditEvent.SignatureUnanswered asked = assertInstanceOf(AuditEvent.SignatureUnanswered.class, recorded().getFirst());
        assertEquals(List.of("CHY-K014", release.id().hex(), CONTENT_SHA_256),
                List.of(asked.code(), asked.keyId(), asked.subjects().getFirst().digest().hex()));
        sign(CONTENT, "memory:release", impatient);
        assertInstanceOf(AuditEvent.SignatureMade.class, recorded().getLast());
    }

    @Test
    void aKeyThatIsNotTheExpectedOneSignsNothing() {
        PublicKey other = things.keys().add("other", KeySpec.P_256);
        assertNothingSigned(ErrorCode.EXPECTED_KEY_MISMATCH, SigningException.ExpectedKeyRefused.class,
                () -> sign(CONTENT, "memory:release", SignedThings.options(new Expectation.Key(other), null)));
        assertNothingSigned(ErrorCode.EXPECTED_KEY_MISMATCH, SigningException.ExpectedKeyRefused.class,
                () -> sign(CONTENT, "memory:release", SignedThings.options(new Expectation.Id(other.id()), null)));
    }

    @Test
    void theExpectedKeyMayBeNamedByItselfOrItsId() throws Exception {
        sign(CONTENT, "memory:release", SignedThings.options(new Expectation.Key(release), null));
        sign(CONTENT, "memory:release", SignedThings.options(new Expectation.Id(release.id()), null));
        assertEquals(2, recorded().size());
    }

    @Test
    void anAlgorithmThatTheKeyCannotUseIsRefused() {
        assertNothingSigned(ErrorCode.ALGORITHM_UNSUPPORTED, SigningException.RequestRefused.class,
                () -> sign(CONTENT, "memory:release", SignedThings.options(SHOWN, SignatureAlgorithm.ED25519)));
    }

    @Test
    void aDsseEncodingIsNotSignedAsAnArtifact() {
        assertNothingSigned(ErrorCode.CONTENT_IS_DSSE, SigningRefused.class,
                () -> sign("DSSEv1 28 application/vnd.in-toto+json 2 {}", "memory:release", SignedThings.options(SHOWN, null)));
    }

    @Test
    void aReferenceThatNoBackEndKnowsIsSaidSo() {
        assertNothingSigned(ErrorCode.SCHEME_UNKNOWN, KeyRefException.class,
                () -> sign(CONTENT, "elsewhere:key", SignedThings.options(SHOWN, null)));
    }

    @Test
    void oneWrongPinIsOneAttempt() {
        KeyAccess wrong = new KeyAccess(FixedPinEntry.of("made-up-0000"), KeyAccess.DEFAULT_DEADLINE, false);
        assertNothingSigned(ErrorCode.PIN_WRONG, KeyException.PinWrong.class,
                () -> sign(CONTENT, "memory:release", new SigningOptions(wrong, SHOWN, null)));
        assertEquals(1, things.keys().attempts());
    }

    @Test
    void aStatementIsSignedOverItsEncodingAndKeepsThePredicateByteForByte() throws Exception {
        Bytes predicate = Bytes.ofUtf8("{\"b\" : 1.0, \"a\":\"é\"}");
        SignedBundle signed = new AttestArtifacts(things.backends(), things.path()).attest(
                List.of(new AttestArtifacts.Target.Content(SignedThings.artifact("a.txt", CONTENT))),
                new AttestArtifacts.Predicate("https://example.com/p", predicate), KeyRef.parse("memory:release"), SignedThings.options(SHOWN, null));
        Content.Dsse dsse = assertInstanceOf(Content.Dsse.class, signed.bundle().content());
        String payload = dsse.envelope().payload().content().utf8().orElseThrow();
        assertTrue(payload.contains(predicate.utf8().orElseThrow()), payload);
        assertTrue(payload.contains(CONTENT_SHA_256), payload);
        Bytes encoding = Bytes.ofUtf8("DSSEv1 28 application/vnd.in-toto+json " + dsse.envelope().payload().content().size() + " " + payload);
        Signature signature = new Signature(SignatureAlgorithm.ECDSA_P256_SHA_256, dsse.envelope().signatures().getFirst().signature());
        assertTrue(JdkSignatureCheck.verifies(release, encoding, signature));
    }
}
