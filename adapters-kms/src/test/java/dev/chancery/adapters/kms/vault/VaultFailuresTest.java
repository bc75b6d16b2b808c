package dev.chancery.adapters.kms.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.chancery.domain.key.HashiVaultKeyRef;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Vault and OpenBao answer when they refuse (`{"errors": […]}`, Vault API documentation), and what is made of it.
final class VaultFailuresTest {
    private final FakeTime time = new FakeTime();
    private final CallBudget budget = new CallBudget(CallLimits.DEFAULT, time, new Random(1));
    private final Map<String, String> environment = new HashMap<>();
    private final HttpFake vault = HttpFake.plain();
    private final FakeKey key = FakeKey.ec("secp256r1");
    private String keyAttributes = "\"supports_signing\":true,\"soft_deleted\":false,\"min_encryption_version\":0,\"latest_version\":2";

    @TempDir
    private @Nullable Path temporary;

    VaultFailuresTest() throws Exception {}

    @BeforeEach
    void answers() {
        environment.put("VAULT_ADDR", "http://" + vault.host());
        environment.put("VAULT_TOKEN", Signing.SECRET);
        vault.answer(this::sound);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private HttpFake.Answer sound(HttpFake.Request request) {
        return switch (request.path()) {
            case "/v1/transit/keys/k" -> new HttpFake.Answer(200, "{\"data\":{" + keyAttributes + ",\"type\":\"ecdsa-p256\",\"keys\":{\"1\":" + version()
                    + ",\"2\":" + version() + "}}}");
            case "/v1/transit/sign/k/sha2-256" -> signed(request, 2);
            case "/v1/auth/token/lookup-self" -> new HttpFake.Answer(200, "{\"data\":{}}");
            default -> errors(404, "");
        };
    }

    private String version() {
        return version(key);
    }

    private static String version(FakeKey key) {
        return "{\"creation_time\":\"2026-01-01T00:00:00Z\",\"public_key\":\"" + key.publicKey().pem().replace("\n", "\\n") + "\"}";
    }

    private HttpFake.Answer signed(HttpFake.Request request, int version) {
        Matcher input = Pattern.compile("\"input\":\"([^\"]*)\"").matcher(request.body());
        assertTrue(input.find() && request.body().contains("\"prehashed\":true") && request.body().contains("\"key_version\":"), request.body());
        try {
            ByteBuffer signature = key.ecdsa(ByteBuffer.wrap(Base64.getDecoder().decode(input.group(1))));
            return new HttpFake.Answer(200, "{\"data\":{\"signature\":\"vault:v" + version + ":" + Base64.getEncoder().encodeToString(signature.array()) + "\"}}");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpFake.Answer errors(int status, String message) {
        return new HttpFake.Answer(status, message.isEmpty() ? "{\"errors\":[]}" : "{\"errors\":[\"" + message + "\"]}");
    }

    private ServiceBackend<HashiVaultKeyRef> backend() {
        VaultSettings settings = new VaultSettings(environment::get, Objects.requireNonNull(temporary));
        return new ServiceBackend<>(new VaultTransit(new VaultServer(settings, time), settings, new SpkiPublicKeyDecoder()), budget);
    }

    private SigningKey open() throws Exception {
        return backend().open(KeyRef.parse("hashivault://k"), Signing.ACCESS);
    }

    private KeyException refusedSignature(ErrorCode code, HttpFake.Handler answer) throws Exception {
        SigningKey open = open();
        vault.answer(request -> request.path().contains("/sign/") ? answer.of(request) : sound(request));
        return Signing.assertRefused(code, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        403, permission denied, PERMISSION_DENIED
        404, '', KEY_NOT_FOUND
        404, no handler for route 'transit/sign/k'. route entry not found., SERVICE_SETTING_WRONG
        400, signing key not found, KEY_NOT_FOUND
        400, cannot sign: requested version for signing is less than the minimum encryption key version, KEY_DISABLED
        400, requested version for signing is higher than the latest key version, KEY_DISABLED
        400, key type aes256-gcm96 does not support signing, KEY_USAGE_WRONG
        400, something else, SERVICE_FAILED
        429, request path quota exceeded, SERVICE_THROTTLED
        503, Vault is sealed, SERVICE_FAILED
        500, internal error, SERVICE_FAILED
        307, '', SERVICE_FAILED
        """)
    void eachRefusalHasItsOwnError(int status, String message, ErrorCode code) throws Exception {
        refusedSignature(code, _ -> errors(status, message));
    }

    @Test
    void aDeniedPermissionIsNamedAsThePolicyWouldGrantIt() throws Exception {
        KeyException refused = refusedSignature(ErrorCode.PERMISSION_DENIED, _ -> errors(403, "permission denied"));
        assertEquals("have the policy extended: path \"transit/sign/k/sha2-256\" { capabilities = [\"update\"] }", refused.problem().remedy());
    }

    @Test
    void aTokenThatMayNotSeeItselfIsNoneThatTheServerTakes() {
        vault.answer(_ -> errors(403, "permission denied"));
        Signing.assertRefused(ErrorCode.CREDENTIALS_REFUSED, this::open);
    }

    @Test
    void aRotatedKeyHasANewVersionAndTheOldOneSignsWhenItIsNamed() throws Exception {
        FakeKey third = FakeKey.ec("secp256r1");
        vault.answer(request -> {
            if (request.path().equals("/v1/transit/keys/k/rotate")) {
                keyAttributes = keyAttributes.replace("latest_version\":2", "latest_version\":3");
                return new HttpFake.Answer(200, "{\"data\":{}}");
            }
            HttpFake.Answer answer = sound(request);
            return keyAttributes.contains(":3") && request.path().endsWith("/keys/k")
                    ? new HttpFake.Answer(200, answer.body().substring(0, answer.body().length() - 3) + ",\"3\":" + version(third) + "}}}") : answer;
        });
        KeyDescription made = backend().custodian().rotate(KeyRef.parse("hashivault://k"), Signing.ACCESS);
        assertEquals("hashivault://k/versions/3", made.uri());
        assertEquals(third.publicKey(), made.expectedKey().orElseThrow().key());
        assertEquals(key.publicKey(), backend().open(KeyRef.parse("hashivault://k/versions/2"), Signing.ACCESS).expectedKey().orElseThrow().key());
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG,
                () -> backend().custodian().rotate(KeyRef.parse("hashivault://k/versions/3"), Signing.ACCESS));
    }

    @Test
    void aRotationThatChangedNothingIsNone() throws Exception {
        vault.answer(request -> request.path().endsWith("/rotate") ? new HttpFake.Answer(200, "{\"data\":{}}") : sound(request));
        Signing.assertRefused(ErrorCode.ANSWER_UNSOUND, () -> backend().custodian().rotate(KeyRef.parse("hashivault://k"), Signing.ACCESS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "exportable":false,"allow_plaintext_backup":false | YES | YES
        "exportable":true,"allow_plaintext_backup":false | YES | NO
        "exportable":false,"allow_plaintext_backup":true | YES | NO
        "exportable":false,"allow_plaintext_backup":false,"imported_key":true | NO | YES
        "type_of_something":"else" | YES | NOT_SAID
        """)
    void theEvidenceIsWhatTheEngineSays(String attributes, Claim inside, Claim kept) throws Exception {
        keyAttributes += "," + attributes;
        KeyEvidence evidence = backend().custodian().evidence(KeyRef.parse("hashivault://k"), Signing.ACCESS);
        assertEquals(List.of(inside, kept, kept), List.of(evidence.madeInside(), evidence.alwaysSensitive(), evidence.neverExtractable()));
        assertEquals("hashivault://k/versions/2", evidence.description().uri());
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpAtTheDeadline() throws Exception {
        SigningKey open = openWithin(new CallBudget(CallLimits.DEFAULT, Waiting.real(), new Random(1)));
        CountDownLatch release = new CountDownLatch(1);
        vault.answer(_ -> {
            Stuck.await(release);
            return null;
        });
        Signing.assertRefused(ErrorCode.KEY_DEADLINE,
                () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Duration.ofMillis(100)));
        release.countDown();
    }

    private SigningKey openWithin(CallBudget other) throws Exception {
        VaultSettings settings = new VaultSettings(environment::get, Objects.requireNonNull(temporary));
        return new ServiceBackend<>(new VaultTransit(new VaultServer(settings, time), settings, new SpkiPublicKeyDecoder()), other)
                .open(KeyRef.parse("hashivault://k"), Signing.ACCESS);
    }

    @Test
    void aSignatureByAnotherVersionIsThrownAway() throws Exception {
        KeyException refused = refusedSignature(ErrorCode.KEY_VERSION_MISMATCH, request -> signed(request, 3));
        assertEquals("version 2 was asked to sign, and version 3 did", refused.problem().why());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>login</html>", "{}", "{\"data\":{}}", "{\"data\":{\"signature\":\"v2:AAAA\"}}", "{\"data\":{\"signature\":\"vault:v2:!\"}}"})
    void anAnswerThatIsNotTheServersOwnIsUnsound(String body) throws Exception {
        refusedSignature(ErrorCode.ANSWER_UNSOUND, _ -> new HttpFake.Answer(200, body));
    }

    @Test
    void aConnectionCutBeforeTheAnswerIsALostAnswer() throws Exception {
        refusedSignature(ErrorCode.ANSWER_LOST, _ -> null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "supports_signing":false,"latest_version":2 | KEY_USAGE_WRONG
        "supports_signing":true,"soft_deleted":true,"latest_version":2 | KEY_BEING_DELETED
        "supports_signing":true,"min_encryption_version":3,"latest_version":2 | KEY_DISABLED
        "supports_signing":true,"latest_version":3 | KEY_NOT_FOUND
        "supports_signing":true | ANSWER_UNSOUND
        """)
    void aKeyThatCannotSignIsNotOpened(String attributes, ErrorCode code) {
        keyAttributes = attributes;
        Signing.assertRefused(code, this::open);
    }

    @Test
    void theVersionIsSettledOnceAndEachSignatureIsOneRequest() throws Exception {
        SigningKey open = open();
        assertEquals("hashivault://k/versions/2", open.description().uri());
        keyAttributes = keyAttributes.replace("\"latest_version\":2", "\"latest_version\":3");
        int before = vault.requests().size();
        open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        assertEquals(1, vault.requests().size() - before);
        assertTrue(vault.requests().getLast().body().contains("\"key_version\":2"), vault.requests().getLast().body());
    }

    @Test
    void aBatchOf500LosesNothingWhenHalfOfTheRequestsAreThrottledWithStatus429() throws Exception {
        SigningKey open = open();
        AtomicInteger count = new AtomicInteger();
        vault.answer(request -> count.incrementAndGet() % 2 == 1 ? errors(429, "request path quota exceeded") : sound(request));
        for (int i = 0; i < 500; i++) {
            open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        }
        assertEquals(500, budget.counts().refused());
        assertEquals(1000, count.get());
    }

    @Test
    void withoutCredentialsNothingIsSent() {
        environment.remove("VAULT_TOKEN");
        Signing.assertRefused(ErrorCode.CREDENTIALS_MISSING, this::open);
        assertEquals(0, vault.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault.example.com:8200", "ftp://vault", "http://me:s3cr3t-of-the-test@vault", "http://a b"})
    void anAddressThatIsNoneIsAWrongSetting(String address) {
        environment.put("VAULT_ADDR", address);
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG, this::open);
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsRefusedWithoutBeingRepeated() {
        environment.put("VAULT_TOKEN", Signing.SECRET + "\n");
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG, this::open);
        environment.put("VAULT_TOKEN", "t");
        environment.put("VAULT_NAMESPACE", "a b");
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG, this::open);
        assertEquals(0, vault.requests().size());
    }

    @Test
    void settingsThatLeadNowhereAreNamed() {
        environment.remove("VAULT_ADDR");
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG, this::open);
        environment.put("BAO_ADDR", "https://" + vault.host());
        environment.put("VAULT_CACERT", "/nonexistent/ca.pem");
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG, this::open);
        environment.remove("VAULT_CACERT");
        environment.put("TRANSIT_SECRET_ENGINE_PATH", "../sys");
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG, this::open);
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        vault.close();
        Signing.assertRefused(ErrorCode.SERVICE_UNREACHABLE, this::open);
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsNotTrustedUntilItIsNamed() throws Exception {
        try (HttpFake tls = HttpFake.tls()) {
            tls.answer(this::sound);
            environment.put("VAULT_ADDR", "https://" + tls.host());
            Signing.assertRefused(ErrorCode.SERVICE_TLS, this::open);
            assertEquals(0, tls.requests().size());
            environment.put("VAULT_CACERT", tls.certificateFile(Objects.requireNonNull(temporary)).toString());
            open().sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        }
    }

    @Test
    void theNamespaceAndTheEnginesPlaceAreTheSettings() throws Exception {
        environment.put("VAULT_NAMESPACE", "team/release");
        environment.put("TRANSIT_SECRET_ENGINE_PATH", "keys/transit");
        vault.answer(request -> sound(new HttpFake.Request(request.method(), request.path().replace("/keys/transit/", "/transit/"), request.body(), null, null, null)));
        open();
        assertEquals("team/release", vault.requests().getLast().namespace());
        assertEquals("/v1/keys/transit/keys/k", vault.requests().getLast().path());
    }

    @ParameterizedTest
    @CsvSource({"approle, role_id, secret_id", "kubernetes, role, jwt", "jwt, role, jwt"})
    void aLoginGivesATokenThatIsUsedUntilItsTimeIsNearlyUp(String method, String roleMember, String secretMember) throws Exception {
        Path secret = Files.writeString(Objects.requireNonNull(temporary).resolve("secret"), Signing.SECRET + "\n");
        environment.remove("VAULT_TOKEN");
        environment.put("CHANCERY_VAULT_LOGIN", method);
        environment.put("CHANCERY_VAULT_ROLE", "release");
        environment.put("CHANCERY_VAULT_SECRET_FILE", secret.toString());
        AtomicInteger logins = new AtomicInteger();
        vault.answer(request -> request.path().equals("/v1/auth/" + method + "/login")
                ? new HttpFake.Answer(200, "{\"auth\":{\"client_token\":\"token-" + logins.incrementAndGet() + "\",\"lease_duration\":600}}")
                : sound(request));
        SigningKey open = open();
        open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        assertEquals("{\"" + roleMember + "\":\"release\",\"" + secretMember + "\":\"" + Signing.SECRET + "\"}", vault.requests().getFirst().body());
        assertEquals("token-1", vault.requests().getLast().token());
        time.pause(Duration.ofSeconds(595));
        open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
        assertEquals("token-2", vault.requests().getLast().token());

        vault.answer(_ -> errors(400, "invalid role or secret ID"));
        time.pause(Duration.ofSeconds(595));
        Signing.assertRefused(ErrorCode.CREDENTIALS_REFUSED, () -> open.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT));
    }

    @Test
    void theTokenFileIsTheLastPlaceLookedAt() throws Exception {
        environment.remove("VAULT_TOKEN");
        Files.writeString(Objects.requireNonNull(temporary).resolve(".vault-token"), "token-of-the-file\n");
        open();
        assertEquals("token-of-the-file", vault.requests().getLast().token());
    }
}
