package dev.chancery.adapters.kms.vault;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.lab.KeyServiceLab;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/// Keys in OpenBao keep the contract; its own command line says which public key belongs to each.
@Tag("interop")
final class VaultBackendContractTest extends SigningKeyContract {
    @Override
    protected DeclaredBackend declare() throws Exception {
        KeyBackend backend = new VaultBackendProvider().backend(new KeyBackendProvider.Surroundings(
                KeyServiceLab.environment()::get, Path.of("/nonexistent"), Clock.systemUTC(), new SpkiPublicKeyDecoder()));
        String fresh = "k" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        return DeclaredBackend.of(backend)
                .key(key("p256", SignatureAlgorithm.ECDSA_P256_SHA_256))
                .key(key("p384", SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256))
                .key(key("rsa3072", SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256))
                .key(key("ed25519", SignatureAlgorithm.ED25519))
                .absent(KeyRef.parse("hashivault://no-such-key"), null)
                .ambiguous(KeyRef.parse("hashivault://"))
                .generation(new DeclaredBackend.Generation(name -> parse("openbao://" + fresh + "-" + name),
                        EnumSet.range(KeySpec.P_256, KeySpec.RSA_4096), EnumSet.of(FileFormat.PKCS8_ENCRYPTED), null))
                .build();
    }

    private DeclaredKey key(String name, SignatureAlgorithm... algorithms) throws Exception {
        String told = KeyServiceLab.told(
                "HOME=/nonexistent bao read -address=\"$VAULT_ADDR\" -format=json transit/keys/\"$1\" "
                        + "| python3 -c 'import json,sys; print(json.load(sys.stdin)[\"data\"][\"keys\"][\"1\"][\"public_key\"])'", name);
        PublicKey publicKey = name.equals("ed25519")
                ? new Ed25519PublicKey(Bytes.fromBase64(told.strip()))
                : new SpkiPublicKeyDecoder().decodePem(Bytes.ofUtf8(told));
        return new DeclaredKey(KeyRef.parse("hashivault://" + name), publicKey, Set.of(algorithms), null);
    }

    private static KeyRef parse(String uri) {
        try {
            return KeyRef.parse(uri);
        } catch (KeyRefException e) {
            throw new AssertionError(e);
        }
    }
}
