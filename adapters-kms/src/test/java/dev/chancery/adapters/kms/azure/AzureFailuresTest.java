package dev.chancery.adapters.kms.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.CredentialUnavailableException;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.fake.FakeKey;
import dev.chancery.adapters.kms.fake.FakeTime;
import dev.chancery.adapters.kms.fake.LoopbackTls;
import dev.chancery.adapters.kms.fake.Signing;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.AzureKmsKeyRef;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/// What Azure Key Vault answers when it refuses (*REST API error codes*), and what is made of it.
final class AzureFailuresTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final FakeTime time = new FakeTime();
    private final CallBudget budget = new CallBudget(CallLimits.DEFAULT, time, new Random(1));
    private final FakeKeyVault vault = new FakeKeyVault();
    private final ServiceBackend<AzureKmsKeyRef> backend = new ServiceBackend<>(vault.service(CLOCK), budget);
    private final String version = vault.add("k", FakeKey.ec("secp256r1"));

    AzureFailuresTest() throws Exception {}

    @AfterEach
    void close() {
        vault.close();
    }

    private String uri() {
        return "azurekms://" + vault.host() + "/k";
    }

    private SigningKey open() throws Exception {
        return backend.open(KeyRef.parse(uri()), Signing.ACCESS);
    }

    private KeyException refusedSignature(ErrorCode code) throws Exception {
        SigningKey open = open();
        return Signing.assertRefused(code, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        403, Forbidden, ForbiddenByRbac, Caller is not authorized to perform action on resource., PERMISSION_DENIED
        403, Forbidden, AccessDenied, The user does not have keys sign permission, PERMISSION_DENIED
        403, Forbidden, KeyDisabled, Operation sign is not allowed on a disabled key., KEY_DISABLED
        403, Forbidden, '', Operation sign is not allowed on an expired key., KEY_DISABLED
        403, Forbidden, KeyOperationForbidden, Operation sign is not permitted on this key., KEY_USAGE_WRONG
        401, Unauthorized, '', AKV10022: Invalid audience., CREDENTIALS_REFUSED
        404, KeyNotFound, '', A key was not found in this key vault., KEY_NOT_FOUND
        409, Conflict, ObjectIsDeletedButRecoverable, Key k is currently in a deleted but recoverable state. Deleted, KEY_BEING_DELETED
        400, BadParameter, '', Key and signing algorithm are incompatible., SERVICE_FAILED
        429, Throttled, '', Request was not processed because too many requests were received., SERVICE_THROTTLED
        500, InternalServerError, '', internal, SERVICE_FAILED
        503, ServiceUnavailable, '', unavailable, SERVICE_FAILED
        """)
    void eachRefusalHasItsOwnError(int status, String answered, String inner, String message, ErrorCode code) throws Exception {
        vault.failSigning(new FakeKeyVault.Failure(status, answered, inner, message, null));
        KeyException refused = refusedSignature(code);
        assertTrue(refused.problem().what().contains(uri() + "/" + version), refused.problem().what());
    }

    @Test
    void aDeniedPermissionIsNamedWithItsKey() throws Exception {
        vault.failSigning(new FakeKeyVault.Failure(403, "Forbidden", "ForbiddenByRbac", "no", null));
        KeyException refused = refusedSignature(ErrorCode.PERMISSION_DENIED);
        assertTrue(refused.problem().why().contains("keys/sign/action on " + uri()), refused.problem().why());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
        "enabled":false | KEY_DISABLED
        "enabled":true,"exp":1700000000 | KEY_DISABLED
        "enabled":true,"nbf":2000000000 | KEY_DISABLED
        """)
    void aVersionOutsideItsValidityIsNotOpenedButDescribed(String attributes, ErrorCode code) throws Exception {
        vault.change("k", attributes, "\"sign\",\"verify\"");
        Signing.assertRefused(code, this::open);
        assertTrue(backend.custodian().describe(KeyRef.parse(uri()), Signing.ACCESS).expectedKey().isPresent());
    }

    @Test
    void aKeyWithoutTheOperationSignIsNotOpened() {
        vault.change("k", "\"enabled\":true", "\"encrypt\",\"decrypt\"");
        Signing.assertRefused(ErrorCode.KEY_USAGE_WRONG, this::open);
    }

    @Test
    void aSignatureByAnotherVersionIsThrownAway() throws Exception {
        vault.answerAs("0".repeat(31) + "9");
        refusedSignature(ErrorCode.KEY_VERSION_MISMATCH);
    }

    @Test
    void theVersionIsPinnedWhenTheKeyIsOpenedAndSignaturesAreOneRequestEach() throws Exception {
        SigningKey open = open();
        vault.add("k", FakeKey.ec("secp256r1"));
        assertEquals(uri() + "/" + version, open.description().uri());
        long before = budget.counts().requests();
        open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        assertEquals(1, budget.counts().requests() - before);
    }

    @Test
    void aRotatedKeyHasANewVersionAndTheOldOneSignsWhenItIsNamed() throws Exception {
        KeyDescription made = backend.custodian().rotate(KeyRef.parse(uri()), Signing.ACCESS);
        assertNotEquals(uri() + "/" + version, made.uri());
        assertEquals(made.uri(), open().description().uri());
        assertEquals(uri() + "/" + version, backend.open(KeyRef.parse(uri() + "/" + version), Signing.ACCESS).description().uri());
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG,
                () -> backend.custodian().rotate(KeyRef.parse(uri() + "/" + version), Signing.ACCESS));
    }

    @Test
    void aKeyOnACurveThatIsNotUsedHereIsSaid() throws Exception {
        vault.describeAs("P-256K");
        Signing.assertRefused(ErrorCode.ALGORITHM_UNSUPPORTED, this::open);
    }

    @Test
    void aConnectionCutBeforeTheAnswerIsALostAnswer() throws Exception {
        SigningKey open = open();
        vault.failSigning(FakeKeyVault.CUT);
        KeyException lost = Signing.assertRefused(ErrorCode.ANSWER_LOST,
                () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
        assertTrue(lost.problem().remedy().contains("run the command again"), lost.problem().remedy());
    }

    /// The members are those of the REST reference's KeyAttestation.
    @Test
    void theEvidenceIsTheServicesWordAndAManagedHsmsAttestation() throws Exception {
        KeyEvidence vaults = backend.custodian().evidence(KeyRef.parse(uri()), Signing.ACCESS);
        assertEquals(List.of(Claim.NOT_SAID, Claim.YES, Claim.YES), List.of(vaults.madeInside(), vaults.alwaysSensitive(), vaults.neverExtractable()));
        assertEquals(List.of(), vaults.attestations());
        vault.attestWith("{\"version\":\"1.0\",\"privateKeyAttestation\":\"cHJpdmF0ZQ\",\"publicKeyAttestation\":\"cHVibGlj\",\"certificatePemFile\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(LoopbackTls.certificatePem().getBytes(StandardCharsets.US_ASCII)) + "\"}");
        KeyEvidence attested = backend.custodian().evidence(KeyRef.parse(uri()), Signing.ACCESS);
        assertEquals(List.of(new KeyEvidence.Attestation("privateKeyAttestation 1.0", Bytes.ofUtf8("private")),
                new KeyEvidence.Attestation("publicKeyAttestation 1.0", Bytes.ofUtf8("public"))), attested.attestations());
        assertEquals(1, attested.certificates().size());
        vault.change("k", "\"enabled\":true,\"exportable\":true", "\"sign\"");
        assertEquals(Claim.NO, backend.custodian().evidence(KeyRef.parse(uri()), Signing.ACCESS).neverExtractable());
    }

    @Test
    void thePauseThatRetryAfterAsksForIsKept() throws Exception {
        SigningKey open = open();
        vault.failSigning(new FakeKeyVault.Failure(429, "Throttled", "", "too many", "7"));
        Signing.assertRefused(ErrorCode.SERVICE_THROTTLED, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
        assertEquals(Collections.nCopies(4, Duration.ofSeconds(7)), time.pauses());
    }

    @Test
    void withoutCredentialsTheMessageSaysWhereTheyWereLookedFor() {
        Signing.assertRefused(ErrorCode.CREDENTIALS_MISSING, () -> new ServiceBackend<>(new AzureKeyService(new AzureClients(
                () -> new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(LoopbackTls.context())).build(),
                () -> _ -> Mono.error(new CredentialUnavailableException("EnvironmentCredential authentication unavailable.")), false),
                new AzureKeys(new SpkiPublicKeyDecoder(), AzureKeys::isManagedHsm), true, CLOCK), budget).open(KeyRef.parse(uri()), Signing.ACCESS));
    }

    @Test
    void anUntrustedCertificateStopsTheRequest() {
        Signing.assertRefused(ErrorCode.SERVICE_TLS, () -> new ServiceBackend<>(new AzureKeyService(new AzureClients(
                () -> new JdkHttpClientBuilder().build(), () -> _ -> Mono.error(new IllegalStateException("not asked")), false),
                new AzureKeys(new SpkiPublicKeyDecoder(), AzureKeys::isManagedHsm), true, CLOCK), budget).open(KeyRef.parse(uri()), Signing.ACCESS));
    }

    @Test
    void aVaultThatIsNotThereIsUnreachable() {
        vault.close();
        Signing.assertRefused(ErrorCode.SERVICE_UNREACHABLE, this::open);
    }

    @Test
    void aBatchOf500LosesNothingWhenHalfOfTheRequestsAreThrottledWithStatus429() throws Exception {
        SigningKey open = open();
        AtomicInteger count = new AtomicInteger();
        vault.failSigning(() -> count.incrementAndGet() % 2 == 1 ? new FakeKeyVault.Failure(429, "Throttled", "", "too many", "1") : null);
        for (int i = 0; i < 500; i++) {
            open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        }
        assertEquals(500, budget.counts().refused());
    }
}
