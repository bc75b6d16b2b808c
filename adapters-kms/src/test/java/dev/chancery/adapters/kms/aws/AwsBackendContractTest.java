package dev.chancery.adapters.kms.aws;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.lab.KeyServiceLab;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.adapters.kms.service.Waiting;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.net.URI;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/// Keys in the emulator of AWS KMS keep the contract; Amazon's Python library says which public key belongs to each.
@Tag("interop")
final class AwsBackendContractTest extends SigningKeyContract {
    /// What the emulator makes; it knows neither Ed25519 nor ML-DSA.
    private static final Set<KeySpec> EMULATED = Set.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096);

    @Override
    protected DeclaredBackend declare() throws Exception {
        String fresh = "k" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        return DeclaredBackend.of(emulator())
                .key(key("p256", SignatureAlgorithm.ECDSA_P256_SHA_256))
                .key(key("p384", SignatureAlgorithm.ECDSA_P384_SHA_384))
                .key(key("rsa3072", SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256))
                .absent(KeyRef.parse("awskms:///alias/no-such-key"), null)
                .ambiguous(KeyRef.parse("awskms:///"))
                .generation(new DeclaredBackend.Generation(name -> parse("awskms:///alias/" + fresh + "/" + name),
                        EMULATED, EnumSet.of(FileFormat.PKCS8_ENCRYPTED), null))
                .build();
    }

    private static KeyBackend emulator() {
        Map<String, String> lab = KeyServiceLab.environment();
        AwsClients clients = new AwsClients(builder -> builder
                .endpointOverride(URI.create(Objects.requireNonNull(lab.get("AWS_ENDPOINT_URL"))))
                .region(Region.of(Objects.requireNonNull(lab.get("AWS_REGION"))))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab"))));
        return new ServiceBackend<>(new AwsKeyService(clients, new SpkiPublicKeyDecoder(), EMULATED),
                new CallBudget(CallLimits.DEFAULT, Waiting.real(), new SecureRandom()));
    }

    private DeclaredKey key(String alias, SignatureAlgorithm... algorithms) throws Exception {
        String told = KeyServiceLab.told("\"$LAB_BIN/../venv/kms/bin/python\" -c '"
                + "import boto3,sys; sys.stdout.write(boto3.client(\"kms\",region_name=\"us-east-1\").get_public_key(KeyId=\"alias/\"+sys.argv[1])[\"PublicKey\"].hex())' \"$1\"", alias);
        return new DeclaredKey(KeyRef.parse("awskms:///alias/" + alias), new SpkiPublicKeyDecoder().decodeDer(Bytes.fromHex(told)),
                Set.of(algorithms), null);
    }

    private static KeyRef parse(String uri) {
        try {
            return KeyRef.parse(uri);
        } catch (KeyRefException e) {
            throw new AssertionError(e);
        }
    }
}
