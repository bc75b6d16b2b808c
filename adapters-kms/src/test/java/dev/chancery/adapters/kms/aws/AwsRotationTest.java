package dev.chancery.adapters.kms.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.fake.FakeKey;
import dev.chancery.adapters.kms.fake.FakeTime;
import dev.chancery.adapters.kms.fake.HttpFake;
import dev.chancery.adapters.kms.fake.Signing;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.AwsKmsKeyRef;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.ports.key.KeyException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/// An alias that moves on to a new key, and what the service says of a key's past, against the answers of the KMS API Reference.
final class AwsRotationTest {
    private static final String ALIAS = "alias/release";
    private static final String PREFIX = "arn:aws:kms:eu-central-1:111122223333:key/";

    private final FakeTime time = new FakeTime();
    private final CallBudget budget = new CallBudget(CallLimits.DEFAULT, time, new Random(1));
    private final HttpFake kms = HttpFake.plain();
    private final Map<String, FakeKey> keys = new TreeMap<>();
    private final Map<String, String> aliases = new TreeMap<>();
    private final Map<String, Integer> throttled = new ConcurrentHashMap<>();
    private String origin = "AWS_KMS";
    private boolean multiRegion;

    AwsRotationTest() throws Exception {}

    @BeforeEach
    void answers() throws Exception {
        aliases.put(ALIAS, make());
        kms.answer(this::answer);
    }

    @AfterEach
    void close() {
        kms.close();
    }

    private String make() throws GeneralSecurityException {
        String id = "00000000-0000-0000-0000-00000000000" + (keys.size() + 1);
        keys.put(id, FakeKey.ec("secp256r1"));
        return id;
    }

    private synchronized HttpFake.Answer answer(HttpFake.Request request) {
        String action = Objects.requireNonNull(request.target()).substring("TrentService.".length());
        if (throttled.merge(action, -1, Integer::sum) >= 0) {
            return new HttpFake.Answer(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
        }
        try {
            return switch (action) {
                case "DescribeKey" -> aliases.containsKey(member(request, "KeyId")) || keys.containsKey(id(request))
                        ? json("{\"KeyMetadata\":" + metadata(id(request)) + "}")
                        : new HttpFake.Answer(400, "{\"__type\":\"NotFoundException\",\"message\":\"Alias is not found.\"}");
                case "GetPublicKey" -> json("{\"KeyId\":\"" + PREFIX + id(request) + "\",\"SigningAlgorithms\":[\"ECDSA_SHA_256\"],\"PublicKey\":\""
                        + Base64.getEncoder().encodeToString(Objects.requireNonNull(keys.get(id(request))).publicKey().subjectPublicKeyInfo().toByteArray()) + "\"}");
                case "GetKeyPolicy" -> json("{\"Policy\":\"{the policy}\",\"PolicyName\":\"default\"}");
                case "CreateKey" -> json("{\"KeyMetadata\":" + metadata(make()) + "}");
                case "CreateAlias", "UpdateAlias" -> {
                    aliases.put(member(request, "AliasName"), member(request, "TargetKeyId"));
                    yield json("{}");
                }
                default -> new HttpFake.Answer(400, "{\"__type\":\"InvalidAction\"}");
            };
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String metadata(String id) {
        return "{\"Arn\":\"" + PREFIX + id + "\",\"KeyId\":\"" + id + "\",\"KeyState\":\"Enabled\",\"KeyUsage\":\"SIGN_VERIFY\",\"Origin\":\"" + origin
                + "\",\"KeySpec\":\"ECC_NIST_P256\",\"KeyManager\":\"CUSTOMER\",\"MultiRegion\":" + multiRegion + "}";
    }

    private String id(HttpFake.Request request) {
        String named = member(request, "KeyId").replace(PREFIX, "");
        return aliases.getOrDefault(named, named);
    }

    private static String member(HttpFake.Request request, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(request.body());
        assertTrue(found.find(), request.body());
        return Objects.requireNonNull(found.group(1));
    }

    private static HttpFake.Answer json(String body) {
        return new HttpFake.Answer(200, body);
    }

    private ServiceBackend<AwsKmsKeyRef> backend() {
        AwsClients clients = new AwsClients(builder -> builder.endpointOverride(URI.create("http://" + kms.host())).region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", Signing.SECRET))));
        return new ServiceBackend<>(new AwsKeyService(clients, new SpkiPublicKeyDecoder(), EnumSet.allOf(KeySpec.class)), budget);
    }

    private List<String> bodies(String action) {
        return kms.requests().stream().filter(request -> ("TrentService." + action).equals(request.target())).map(HttpFake.Request::body).toList();
    }

    @Test
    void theAliasMovesToANewKeyOfTheSameKindAndPolicyAndTheOldOneStays() throws Exception {
        KeyDescription old = backend().custodian().describe(KeyRef.parse("awskms:///" + ALIAS), Signing.ACCESS);
        KeyDescription made = backend().custodian().rotate(KeyRef.parse("awskms:///" + ALIAS), Signing.ACCESS);
        assertNotEquals(old.uri(), made.uri());
        assertEquals(made.uri(), backend().open(KeyRef.parse("awskms:///" + ALIAS), Signing.ACCESS).description().uri());
        assertEquals(old.expectedKey(), backend().open(KeyRef.parse(old.uri()), Signing.ACCESS).expectedKey());
        String created = bodies("CreateKey").getFirst();
        assertTrue(created.contains("\"KeySpec\":\"ECC_NIST_P256\"") && created.contains("{the policy}"), created);
    }

    @ParameterizedTest
    @CsvSource({"CreateKey", "UpdateAlias", "GetKeyPolicy", "GetPublicKey"})
    void aRotationThatIsThrottledOnTheWayMakesOneKey(String action) throws Exception {
        throttled.put(action, 3);
        backend().custodian().rotate(KeyRef.parse("awskms:///" + ALIAS), Signing.ACCESS);
        assertEquals(2, keys.size());
        assertEquals(3, budget.counts().refused());
    }

    @ParameterizedTest
    @CsvSource({"CreateKey", "CreateAlias", "GetPublicKey"})
    void aGenerationThatIsThrottledOnTheWayMakesOneKey(String action) throws Exception {
        throttled.put(action, 3);
        backend().custodian().generate(KeyRef.parse("awskms:///alias/new"), new KeyGeneration(KeySpec.P_256, KeyGeneration.FileFormat.SIGSTORE), Signing.ACCESS);
        assertEquals(2, keys.size());
    }

    @Test
    void anAliasThatCannotBeMovedLeavesANamedKeyToDealWith() {
        throttled.put("UpdateAlias", 1_000_000);
        KeyException refused = Signing.assertRefused(ErrorCode.SERVICE_THROTTLED,
                () -> backend().custodian().rotate(KeyRef.parse("awskms:///" + ALIAS), Signing.ACCESS));
        assertTrue(refused.problem().why().endsWith("the key 00000000-0000-0000-0000-000000000002 was made and has no alias"), refused.problem().why());
    }

    @Test
    void aKeyThatIsNamedByItsIdIsNotRotated() {
        Signing.assertRefused(ErrorCode.SERVICE_SETTING_WRONG, () -> backend().custodian()
                .rotate(KeyRef.parse("awskms:///" + PREFIX + aliases.get(ALIAS)), Signing.ACCESS));
        assertEquals(1, keys.size());
    }

    @ParameterizedTest
    @CsvSource({"AWS_KMS, false, YES, YES", "AWS_KMS, true, YES, NO", "EXTERNAL, false, NO, NO", "AWS_CLOUDHSM, false, NOT_SAID, NOT_SAID",
        "SOMETHING_NEW, false, NOT_SAID, NOT_SAID"})
    void theEvidenceIsTheServicesWordOnTheKeysOrigin(String from, boolean copied, Claim inside, Claim kept) throws Exception {
        origin = from;
        multiRegion = copied;
        KeyEvidence evidence = backend().custodian().evidence(KeyRef.parse("awskms:///" + ALIAS), Signing.ACCESS);
        assertEquals(List.of(inside, kept), List.of(evidence.madeInside(), evidence.neverExtractable()));
        assertEquals("awskms:///" + PREFIX + aliases.get(ALIAS), evidence.description().uri());
    }
}
