package dev.chancery.adapters.kms.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.fake.FakeKey;
import dev.chancery.adapters.kms.fake.FakeTime;
import dev.chancery.adapters.kms.fake.HttpFake;
import dev.chancery.adapters.kms.fake.Signing;
import dev.chancery.adapters.kms.fake.Stuck;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.adapters.kms.service.Waiting;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.AwsKmsKeyRef;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/// What AWS KMS answers when it refuses, in the form its API reference gives (JSON 1.1, `__type`), and what is made of it.
final class AwsFailuresTest {
    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String KEY = "awskms:///" + ARN;

    private static final String SECP256K1 = "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAE3VZBorT8QERFBf4+OmGQgjVz9FhHN+2szJAdLRUqo/3L1qtg5QRDNl+9kx0/YA0xEzTFrzz2eql60yfzUMpV/g==";

    private final FakeTime time = new FakeTime();
    private final CallBudget budget = new CallBudget(CallLimits.DEFAULT, time, new Random(1));
    private HttpFake kms = HttpFake.plain();
    private FakeKey key = FakeKey.ec("secp256r1");
    private String state = "Enabled";
    private String usage = "SIGN_VERIFY";

    AwsFailuresTest() throws Exception {}

    @BeforeEach
    void answers() {
        kms.answer(this::sound);
    }

    @AfterEach
    void close() {
        kms.close();
    }

    private HttpFake.Answer sound(HttpFake.Request request) {
        try {
            return switch (Objects.requireNonNull(request.target())) {
                case "TrentService.DescribeKey" -> json("{\"KeyMetadata\":{\"Arn\":\"" + ARN + "\",\"KeyId\":\"1234abcd-12ab-34cd-56ef-1234567890ab\","
                        + "\"KeyState\":\"" + state + "\",\"KeyUsage\":\"" + usage + "\",\"Origin\":\"AWS_KMS\",\"MultiRegion\":false}}");
                case "TrentService.GetPublicKey" -> json("{\"KeyId\":\"" + ARN + "\",\"KeyUsage\":\"SIGN_VERIFY\",\"SigningAlgorithms\":"
                        + "[\"ECDSA_SHA_256\",\"ED25519_SHA_512\",\"ED25519_PH_SHA_512\"],\"PublicKey\":\""
                        + Base64.getEncoder().encodeToString(key.publicKey().subjectPublicKeyInfo().toByteArray()) + "\"}");
                case "TrentService.Sign" -> signed(request, ARN);
                default -> refused(400, "InvalidAction", "unknown");
            };
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private HttpFake.Answer signed(HttpFake.Request request, String arn) throws GeneralSecurityException {
        assertTrue(request.body().contains("\"MessageType\":\"DIGEST\""), request.body());
        Matcher message = Pattern.compile("\"Message\":\"([^\"]*)\"").matcher(request.body());
        assertTrue(message.find());
        ByteBuffer signature = key.ecdsa(ByteBuffer.wrap(Base64.getDecoder().decode(message.group(1))));
        return json("{\"KeyId\":\"" + arn + "\",\"SigningAlgorithm\":\"ECDSA_SHA_256\",\"Signature\":\""
                + Base64.getEncoder().encodeToString(signature.array()) + "\"}");
    }

    private static HttpFake.Answer json(String body) {
        return new HttpFake.Answer(200, body);
    }

    private static HttpFake.Answer refused(int status, String type, String message) {
        return new HttpFake.Answer(status, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
    }

    private ServiceBackend<AwsKmsKeyRef> backend() {
        return backend(builder -> builder.endpointOverride(URI.create("http://" + kms.host())));
    }

    private ServiceBackend<AwsKmsKeyRef> backend(Consumer<KmsClientBuilder> more) {
        AwsClients clients = new AwsClients(builder -> {
            builder.region(Region.EU_CENTRAL_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", Signing.SECRET)));
            more.accept(builder);
        });
        return new ServiceBackend<>(new AwsKeyService(clients, new SpkiPublicKeyDecoder(), EnumSet.allOf(KeySpec.class)), budget);
    }

    private SigningKey open() throws Exception {
        return backend().open(KeyRef.parse(KEY), Signing.ACCESS);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        400, AccessDeniedException, User: arn:aws:iam::1:user/u is not authorized to perform: kms:Sign, PERMISSION_DENIED
        400, ExpiredTokenException, The security token included in the request is expired, CREDENTIALS_REFUSED
        400, UnrecognizedClientException, The security token included in the request is invalid., CREDENTIALS_REFUSED
        400, InvalidSignatureException, Signature expired: clock, CREDENTIALS_REFUSED
        400, NotFoundException, Key does not exist, KEY_NOT_FOUND
        400, NotFoundException, Invalid arn us-west-2, KEY_ELSEWHERE
        400, DisabledException, the key is disabled., KEY_DISABLED
        400, KMSInvalidStateException, the key is pending deletion., KEY_BEING_DELETED
        400, KMSInvalidStateException, the key is pending import., KEY_DISABLED
        400, InvalidKeyUsageException, the key usage is ENCRYPT_DECRYPT, KEY_USAGE_WRONG
        400, ThrottlingException, Rate exceeded, SERVICE_THROTTLED
        500, KMSInternalException, internal, SERVICE_FAILED
        500, KeyUnavailableException, unavailable, SERVICE_FAILED
        400, SomethingNew, words, SERVICE_FAILED
        """)
    void eachRefusalHasItsOwnError(int status, String type, String message, ErrorCode code) throws Exception {
        SigningKey open = open();
        kms.answer(_ -> refused(status, type, message));
        KeyException refused = Signing.assertRefused(code, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
        assertTrue(refused.problem().what().contains(ARN), refused.problem().what());
    }

    @Test
    void aDeniedPermissionIsNamedWithItsKey() throws Exception {
        SigningKey open = open();
        kms.answer(_ -> refused(400, "AccessDeniedException", "no"));
        KeyException refused = Signing.assertRefused(ErrorCode.PERMISSION_DENIED,
                () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
        assertInstanceOf(KeyException.MayNotSign.class, refused);
        assertTrue(refused.problem().why().contains("kms:Sign on " + ARN), refused.problem().why());
    }

    @ParameterizedTest
    @CsvSource({"Disabled, KEY_DISABLED", "PendingImport, KEY_DISABLED", "PendingDeletion, KEY_BEING_DELETED", "SomethingNew, KEY_DISABLED"})
    void aKeyThatIsNotEnabledIsNotOpenedButDescribed(String keyState, ErrorCode code) throws Exception {
        state = keyState;
        Signing.assertRefused(code, this::open);
        assertEquals(Optional.empty(), backend().custodian().describe(KeyRef.parse(KEY), Signing.ACCESS).expectedKey());
    }

    @Test
    void aKeyForEncryptionIsNotOpened() {
        usage = "ENCRYPT_DECRYPT";
        Signing.assertRefused(ErrorCode.KEY_USAGE_WRONG, this::open);
    }

    @Test
    void aServiceThatDoesNotAnswerIsGivenUpAtTheDeadline() throws Exception {
        AwsClients clients = new AwsClients(builder -> builder.endpointOverride(URI.create("http://" + kms.host())).region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", Signing.SECRET))));
        SigningKey open = new ServiceBackend<>(new AwsKeyService(clients, new SpkiPublicKeyDecoder(), EnumSet.allOf(KeySpec.class)),
                new CallBudget(CallLimits.DEFAULT, Waiting.real(), new Random(1))).open(KeyRef.parse(KEY), Signing.ACCESS);
        CountDownLatch release = new CountDownLatch(1);
        kms.answer(_ -> {
            Stuck.await(release);
            return null;
        });
        Signing.assertRefused(ErrorCode.KEY_DEADLINE,
                () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Duration.ofMillis(100)));
        release.countDown();
    }

    /// The public half of a secp256k1 key: `openssl ecparam -genkey -name secp256k1 -noout | openssl ec -pubout -outform DER | base64`.
    @Test
    void aKeyOfAKindThatIsNotUsedHereIsSaid() {
        kms.answer(request -> Objects.requireNonNull(request.target()).endsWith("GetPublicKey")
                ? json("{\"KeyId\":\"" + ARN + "\",\"KeySpec\":\"ECC_SECG_P256K1\",\"SigningAlgorithms\":[\"ECDSA_SHA_256\"],\"PublicKey\":\"" + SECP256K1 + "\"}")
                : sound(request));
        KeyException refused = Signing.assertRefused(ErrorCode.ALGORITHM_UNSUPPORTED, this::open);
        assertTrue(refused.problem().why().contains("ECC_SECG_P256K1"), refused.problem().why());
    }

    @Test
    void anAnswerForAnotherKeyIsThrownAway() throws Exception {
        SigningKey open = open();
        kms.answer(request -> {
            try {
                return signed(request, ARN.replace("1234abcd", "9999abcd"));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        });
        Signing.assertRefused(ErrorCode.KEY_VERSION_MISMATCH, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
    }

    @Test
    void anAnswerWithoutASignatureIsUnsound() throws Exception {
        SigningKey open = open();
        kms.answer(_ -> json("{}"));
        Signing.assertRefused(ErrorCode.ANSWER_UNSOUND, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
    }

    @Test
    void aConnectionCutBeforeTheAnswerIsALostAnswer() throws Exception {
        SigningKey open = open();
        kms.answer(_ -> null);
        KeyException lost = Signing.assertRefused(ErrorCode.ANSWER_LOST,
                () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
        assertTrue(lost.problem().remedy().contains("run the command again"), lost.problem().remedy());
    }

    @Test
    void withoutCredentialsNothingIsSent() {
        Signing.assertRefused(ErrorCode.CREDENTIALS_MISSING, () -> backend(builder -> builder
                .endpointOverride(URI.create("http://" + kms.host()))
                .credentialsProvider(AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create())))
                .open(KeyRef.parse(KEY), Signing.ACCESS));
        assertEquals(0, kms.requests().size());
    }

    @Test
    void aServiceThatIsNotThereIsUnreachable() {
        kms.close();
        Signing.assertRefused(ErrorCode.SERVICE_UNREACHABLE, this::open);
    }

    @Test
    void anEndpointInTheUriIsReachedByHttpsAndItsCertificateMustBeTrusted() throws Exception {
        try (HttpFake other = HttpFake.tls()) {
            Signing.assertRefused(ErrorCode.SERVICE_TLS, () -> backend(_ -> { })
                    .open(KeyRef.parse("awskms://" + other.host() + "/" + ARN), Signing.ACCESS));
            assertEquals(0, other.requests().size());
        }
    }

    @Test
    void thePublicKeyIsReadOnceAndEachSignatureIsOneRequest() throws Exception {
        SigningKey open = open();
        int before = kms.requests().size();
        for (int i = 0; i < 5; i++) {
            open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        }
        assertEquals(5, kms.requests().size() - before);
    }

    @Test
    void aBatchOf500LosesNothingWhenHalfOfTheRequestsAreThrottledWithStatus400() throws Exception {
        SigningKey open = open();
        AtomicInteger count = new AtomicInteger();
        kms.answer(request -> count.incrementAndGet() % 2 == 1 ? refused(400, "ThrottlingException", "Rate exceeded") : sound(request));
        for (int i = 0; i < 500; i++) {
            open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        }
        assertEquals(500, budget.counts().refused());
        assertEquals(1000, count.get());
        assertTrue(time.pauses().stream().allMatch(pause -> pause.compareTo(CallLimits.DEFAULT.longestPause()) <= 0));
    }

    @Test
    void pureEd25519BeyondTheServicesLimitIsRefusedBeforeItIsSent() throws Exception {
        key = FakeKey.ed25519();
        SigningKey open = open();
        int before = kms.requests().size();
        Signing.assertRefused(ErrorCode.MESSAGE_TOO_LONG_FOR_SERVICE,
                () -> open.sign(Signing.request(SignatureAlgorithm.ED25519, "x".repeat(AwsKeyService.MAX_MESSAGE)), Signing.LIMIT));
        assertEquals(before, kms.requests().size());
    }
}
