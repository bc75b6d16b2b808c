package dev.chancery.adapters.kms.gcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionAlgorithm;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.KeyOperationAttestation;
import com.google.cloud.kms.v1.ProtectionLevel;
import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.fake.FakeKey;
import dev.chancery.adapters.kms.fake.FakeTime;
import dev.chancery.adapters.kms.fake.HttpFake;
import dev.chancery.adapters.kms.fake.LoopbackTls;
import dev.chancery.adapters.kms.fake.Signing;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.GcpKmsKeyRef;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Google Cloud KMS answers when it refuses (google.rpc.Code), and what is made of it.
final class GoogleFailuresTest {
    private static final String URI = "gcpkms://" + FakeGoogleKms.RING + "/cryptoKeys/k";

    private final FakeTime time = new FakeTime();
    private final CallBudget budget = new CallBudget(CallLimits.DEFAULT, time, new Random(1));
    private final FakeGoogleKms kms = new FakeGoogleKms();
    private final ServiceBackend<GcpKmsKeyRef> backend = new ServiceBackend<>(kms.service(time), budget);
    private final String version = kms.add("k", CryptoKeyVersionAlgorithm.EC_SIGN_P256_SHA256, FakeKey.ec("secp256r1"));

    GoogleFailuresTest() throws Exception {}

    @AfterEach
    void close() {
        kms.close();
    }

    private SigningKey open() throws Exception {
        return backend.open(KeyRef.parse(URI), Signing.ACCESS);
    }

    private KeyException refusedSignature(ErrorCode code) throws Exception {
        SigningKey open = open();
        return Signing.assertRefused(code, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        PERMISSION_DENIED, Permission 'cloudkms.cryptoKeyVersions.useToSign' denied, PERMISSION_DENIED
        UNAUTHENTICATED, Request had invalid authentication credentials., CREDENTIALS_REFUSED
        NOT_FOUND, CryptoKeyVersion not found., KEY_NOT_FOUND
        FAILED_PRECONDITION, 'k is not enabled, current state is: DISABLED.', KEY_DISABLED
        FAILED_PRECONDITION, 'k is not enabled, current state is: DESTROY_SCHEDULED.', KEY_BEING_DELETED
        INVALID_ARGUMENT, 'purpose: ENCRYPT_DECRYPT, not ASYMMETRIC_SIGN', KEY_USAGE_WRONG
        INVALID_ARGUMENT, something else, SERVICE_FAILED
        RESOURCE_EXHAUSTED, Quota exceeded for quota metric, SERVICE_THROTTLED
        DEADLINE_EXCEEDED, late, KEY_DEADLINE
        UNAVAILABLE, gone, ANSWER_LOST
        CANCELLED, cut, ANSWER_LOST
        INTERNAL, internal, SERVICE_FAILED
        """)
    void eachRefusalHasItsOwnError(Status.Code status, String message, ErrorCode code) throws Exception {
        kms.fail(method -> method.equals("sign") ? status.toStatus().withDescription(message) : null);
        KeyException refused = refusedSignature(code);
        assertTrue(refused.problem().what().contains(version), refused.problem().what());
    }

    @ParameterizedTest
    @EnumSource(value = CryptoKeyVersionState.class, names = {"DISABLED", "PENDING_IMPORT", "DESTROY_SCHEDULED", "DESTROYED"})
    void aVersionThatIsNotEnabledIsNotOpenedButDescribed(CryptoKeyVersionState state) throws Exception {
        kms.setState(version, state);
        Signing.assertRefused(state.name().startsWith("DESTROY") ? ErrorCode.KEY_BEING_DELETED : ErrorCode.KEY_DISABLED, this::open);
        assertTrue(backend.custodian().describe(KeyRef.parse(URI), Signing.ACCESS).facts().toString().contains(state.name()));
    }

    @Test
    void theNewestEnabledVersionSignsAndAnOlderOneWhenItIsNamed() throws Exception {
        String second = kms.add("k", CryptoKeyVersionAlgorithm.EC_SIGN_P256_SHA256, FakeKey.ec("secp256r1"));
        String third = kms.add("k", CryptoKeyVersionAlgorithm.EC_SIGN_P256_SHA256, FakeKey.ec("secp256r1"));
        kms.setState(third, CryptoKeyVersionState.DISABLED);
        assertEquals("gcpkms://" + second, open().description().uri());
        assertEquals("gcpkms://" + version, backend.open(KeyRef.parse(URI + "/versions/1"), Signing.ACCESS).description().uri());
        assertEquals(3, backend.custodian().list(KeyRef.parse("gcpkms://" + FakeGoogleKms.RING), Signing.ACCESS).size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRotatedKeyHasANewVersionAndTheOldOneSignsWhenItIsNamed(boolean rest) throws Exception {
        ServiceBackend<GcpKmsKeyRef> rotating = rest ? new ServiceBackend<>(kms.restService(time), budget) : backend;
        KeyDescription made = rotating.custodian().rotate(KeyRef.parse(URI), Signing.ACCESS);
        assertEquals(URI + "/cryptoKeyVersions/2", made.uri());
        assertEquals(made.uri(), rotating.open(KeyRef.parse(URI), Signing.ACCESS).description().uri());
        assertEquals("gcpkms://" + version, rotating.open(KeyRef.parse("gcpkms://" + version), Signing.ACCESS).description().uri());
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG, () -> rotating.custodian().rotate(KeyRef.parse(made.uri()), Signing.ACCESS));
    }

    /// A request that is refused after the version was asked for must not ask for another one.
    @Test
    void aRotationThatIsThrottledOnTheWayMakesOneVersion() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        kms.fail(method -> method.equals("get") && reads.incrementAndGet() <= 3 ? Status.RESOURCE_EXHAUSTED : null);
        backend.custodian().rotate(KeyRef.parse(URI), Signing.ACCESS);
        assertEquals(2, backend.custodian().list(KeyRef.parse("gcpkms://" + FakeGoogleKms.RING), Signing.ACCESS).size());
        assertEquals(3, budget.counts().refused());
    }

    @Test
    void theEvidenceIsTheServicesWordAndTheHsmsAttestation() throws Exception {
        kms.change(version, told -> told.setAttestation(KeyOperationAttestation.newBuilder()
                .setFormat(KeyOperationAttestation.AttestationFormat.CAVIUM_V2_COMPRESSED).setContent(ByteString.copyFromUtf8("attested"))
                .setCertChains(KeyOperationAttestation.CertificateChains.newBuilder().addCaviumCerts(LoopbackTls.certificatePem()))));
        KeyEvidence hsm = backend.custodian().evidence(KeyRef.parse(URI), Signing.ACCESS);
        assertTrue(hsm.claimsNeverToHaveLeft());
        assertEquals(List.of(new KeyEvidence.Attestation("CAVIUM_V2_COMPRESSED", Bytes.ofUtf8("attested"))), hsm.attestations());
        assertEquals(1, hsm.certificates().size());
        kms.change(version, told -> told.setImportJob("projects/p/importJobs/j"));
        assertEquals(Claim.NO, backend.custodian().evidence(KeyRef.parse(URI), Signing.ACCESS).madeInside());
        kms.change(version, told -> told.clearAttestation().clearImportJob().setProtectionLevel(ProtectionLevel.SOFTWARE));
        KeyEvidence software = backend.custodian().evidence(KeyRef.parse(URI), Signing.ACCESS);
        assertEquals(List.of(Claim.NOT_SAID, Claim.NOT_SAID, Claim.NOT_SAID),
                List.of(software.madeInside(), software.alwaysSensitive(), software.neverExtractable()));
        kms.change(version, told -> told.setAttestation(KeyOperationAttestation.newBuilder().setCertChains(
                KeyOperationAttestation.CertificateChains.newBuilder().addCaviumCerts("-----BEGIN CERTIFICATE-----\nnever ended"))));
        Signing.assertRefused(ErrorCode.ANSWER_UNSOUND, () -> backend.custodian().evidence(KeyRef.parse(URI), Signing.ACCESS));
    }

    @Test
    void aKeyOfAnotherPurposeIsNotOpened() {
        kms.change(version, told -> told.setAlgorithm(CryptoKeyVersionAlgorithm.RSA_DECRYPT_OAEP_3072_SHA256));
        Signing.assertRefused(ErrorCode.KEY_USAGE_WRONG, this::open);
    }

    @ParameterizedTest
    @EnumSource(GoogleClients.Transport.class)
    void aServiceThatIsNotThereIsUnreachable(GoogleClients.Transport transport) throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            port = taken.getLocalPort();
        }
        String address = "127.0.0.1:" + port;
        Signing.assertRefused(ErrorCode.SERVICE_UNREACHABLE, () -> elsewhere(transport, address).open(KeyRef.parse(URI), Signing.ACCESS));
    }

    @ParameterizedTest
    @EnumSource(GoogleClients.Transport.class)
    void anUntrustedCertificateStopsTheRequest(GoogleClients.Transport transport) throws Exception {
        try (HttpFake other = HttpFake.tls()) {
            Signing.assertRefused(ErrorCode.SERVICE_TLS, () -> elsewhere(transport, other.host()).open(KeyRef.parse(URI), Signing.ACCESS));
            assertEquals(List.of(), other.requests());
        }
    }

    private ServiceBackend<GcpKmsKeyRef> elsewhere(GoogleClients.Transport transport, String host) {
        GoogleClients clients = new GoogleClients(transport, settings -> settings.setCredentialsProvider(NoCredentialsProvider.create())
                .setEndpoint(transport == GoogleClients.Transport.REST ? "https://" + host : host));
        return new ServiceBackend<>(new GoogleKeyService(clients, new GoogleKeys(clients, new SpkiPublicKeyDecoder()), ProtectionLevel.HSM, time), budget);
    }

    @Test
    void withoutCredentialsTheMessageSaysWhatToDo() {
        GoogleClients clients = new GoogleClients(GoogleClients.Transport.GRPC, settings -> settings.setCredentialsProvider(() -> {
            throw new IOException("Your default credentials were not found. To set up Application Default Credentials …");
        }));
        Signing.assertRefused(ErrorCode.CREDENTIALS_MISSING, () -> new ServiceBackend<>(
                new GoogleKeyService(clients, new GoogleKeys(clients, new SpkiPublicKeyDecoder()), ProtectionLevel.HSM, time), budget)
                .open(KeyRef.parse(URI), Signing.ACCESS));
    }

    @Test
    void anAlgorithmThatIsNotUsedHereIsSaid() throws Exception {
        kms.add("k1", CryptoKeyVersionAlgorithm.EC_SIGN_SECP256K1_SHA256, FakeKey.ec("secp256r1"));
        Signing.assertRefused(ErrorCode.ALGORITHM_UNSUPPORTED, () -> backend.open(KeyRef.parse(URI + "1"), Signing.ACCESS));
        kms.add("k2", CryptoKeyVersionAlgorithm.GOOGLE_SYMMETRIC_ENCRYPTION, FakeKey.ec("secp256r1"));
        Signing.assertRefused(ErrorCode.KEY_USAGE_WRONG, () -> backend.open(KeyRef.parse(URI + "2"), Signing.ACCESS));
    }

    @Test
    void aDamagedSignatureIsThrownAway() throws Exception {
        kms.tamper(answer -> answer.setSignature(answer.getSignature().concat(ByteString.copyFrom(new byte[1]))));
        refusedSignature(ErrorCode.ANSWER_DAMAGED);
    }

    @Test
    void aSignatureWithoutItsChecksumIsThrownAway() throws Exception {
        kms.tamper(answer -> answer.clearSignatureCrc32C());
        refusedSignature(ErrorCode.ANSWER_DAMAGED);
    }

    @Test
    void aRequestWhoseChecksumTheServiceDidNotConfirmIsDamaged() throws Exception {
        kms.tamper(answer -> answer.setVerifiedDigestCrc32C(false));
        refusedSignature(ErrorCode.ANSWER_DAMAGED);
    }

    @Test
    void aDamagedPublicKeyIsThrownAway() {
        kms.tamperKeys(answer -> answer.setPemCrc32C(Int64Value.of(1)));
        Signing.assertRefused(ErrorCode.ANSWER_DAMAGED, this::open);
    }

    @Test
    void answersForAnotherVersionAreThrownAway() throws Exception {
        kms.tamper(answer -> answer.setName(version.replace("/1", "/2")));
        refusedSignature(ErrorCode.KEY_VERSION_MISMATCH);
        kms.tamperKeys(answer -> answer.setName(version.replace("/1", "/2")));
        Signing.assertRefused(ErrorCode.KEY_VERSION_MISMATCH, this::open);
    }

    @Test
    void overRestTheStateOfAVersionAndADeniedPermissionAreToldApartToo() throws Exception {
        ServiceBackend<GcpKmsKeyRef> rest = new ServiceBackend<>(kms.restService(time), budget);
        SigningKey open = rest.open(KeyRef.parse(URI), Signing.ACCESS);
        kms.setState(version, CryptoKeyVersionState.DISABLED);
        Signing.assertRefused(ErrorCode.KEY_DISABLED, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
        kms.fail(_ -> Status.PERMISSION_DENIED);
        Signing.assertRefused(ErrorCode.PERMISSION_DENIED, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
        kms.fail(_ -> Status.RESOURCE_EXHAUSTED);
        Signing.assertRefused(ErrorCode.SERVICE_THROTTLED, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
    }

    /// RFC 3720 §B.4: 32 bytes of zeros, of ones, and counting up.
    @Test
    void checksumsAreTheOnesOfTheStandard() {
        byte[] bytes = new byte[32];
        assertEquals(0x8a9136aaL, Checksums.of(ByteString.copyFrom(bytes)).getValue());
        Arrays.fill(bytes, (byte) 0xff);
        assertEquals(0x62a8ab43L, Checksums.of(ByteString.copyFrom(bytes)).getValue());
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        assertEquals(0x46dd794eL, Checksums.of(ByteString.copyFrom(bytes)).getValue());
    }

    @Test
    void ed25519SignsUpTo64KiBAndRefusesMoreBeforeItIsSent() throws Exception {
        kms.add("ed", CryptoKeyVersionAlgorithm.EC_SIGN_ED25519, FakeKey.ed25519());
        SigningKey open = backend.open(KeyRef.parse("gcpkms://" + FakeGoogleKms.RING + "/cryptoKeys/ed"), Signing.ACCESS);
        open.sign(Signing.request(SignatureAlgorithm.ED25519, "x".repeat(65_000)), Signing.LIMIT);
        long before = budget.counts().requests();
        Signing.assertRefused(ErrorCode.MESSAGE_TOO_LONG_FOR_SERVICE,
                () -> open.sign(Signing.request(SignatureAlgorithm.ED25519, "x".repeat(GoogleKeyService.MAX_MESSAGE)), Signing.LIMIT));
        assertEquals(before + 1, budget.counts().requests());
    }

    @Test
    void aBatchOf500LosesNothingWhenHalfOfTheRequestsExceedTheQuota() throws Exception {
        SigningKey open = open();
        AtomicInteger count = new AtomicInteger();
        kms.fail(_ -> count.incrementAndGet() % 2 == 1 ? Status.RESOURCE_EXHAUSTED : null);
        for (int i = 0; i < 500; i++) {
            open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        }
        assertEquals(500, budget.counts().refused());
        assertEquals(1000, count.get());
    }
}
