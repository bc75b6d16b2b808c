package dev.chancery.testkit.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.GostParameters;
import dev.chancery.domain.key.GostPublicKey;
import dev.chancery.domain.key.MlDsaParameters;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.domain.key.Sm2PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Signatures with the answer that a verifier has to give, read from `signatures.txt`, whose head says where they come from.
public final class SignatureVectors {
    private SignatureVectors() {}

    /// One signature.
    ///
    /// @param valid the right answer
    /// @param keyName the key's name in the file
    /// @param why what is special about it
    public record Vector(boolean valid, String keyName, PublicKey key, Bytes message, Signature signature, String why) {
        /// What a verifier is asked: the message's digest, where the algorithm signs one.
        public SigningInput input() {
            return signature.algorithm().prehash()
                    .<SigningInput>map(hash -> new SigningInput.Prehashed(hash.digest(message)))
                    .orElseGet(() -> new SigningInput.Message(message));
        }

        @Override
        public String toString() {
            return (valid ? "valid " : "invalid ") + signature.algorithm().cliName() + " " + keyName + ": " + why;
        }
    }

    /// All of them, in the order of the file.
    public static List<Vector> all() {
        Map<String, PublicKey> keys = new HashMap<>();
        List<Vector> vectors = new ArrayList<>();
        for (String line : lines()) {
            String[] fields = line.split(" ", 6);
            switch (fields[0]) {
                case "key" -> keys.put(fields[1], key(line.split(" ", -1)));
                case "valid", "invalid" -> vectors.add(new Vector(fields[0].equals("valid"), fields[2],
                        java.util.Objects.requireNonNull(keys.get(fields[2]), fields[2]), base64(fields[3]),
                        new Signature(SignatureAlgorithm.ofCliName(fields[1]).orElseThrow(), base64(fields[4])), fields[5]));
                default -> {
                    // Comments and empty lines.
                }
            }
        }
        return List.copyOf(vectors);
    }

    private static PublicKey key(String[] fields) {
        return switch (fields[2]) {
            case "ec" -> new EcPublicKey(Curve.valueOf(fields[3]), Bytes.fromHex(fields[4]));
            case "rsa" -> new RsaPublicKey(new BigInteger(fields[3], 16), new BigInteger(fields[4]));
            case "ed25519" -> new Ed25519PublicKey(Bytes.fromHex(fields[3]));
            case "ml-dsa" -> new MlDsaPublicKey(MlDsaParameters.valueOf(fields[3]), Bytes.fromHex(fields[4]));
            case "gost" -> new GostPublicKey(GostParameters.valueOf(fields[3]), Bytes.fromHex(fields[4]));
            case "sm2" -> new Sm2PublicKey(Bytes.fromHex(fields[3]));
            default -> throw new IllegalArgumentException(fields[2]);
        };
    }

    private static Bytes base64(String field) {
        return field.equals("-") ? Bytes.empty() : Bytes.fromBase64(field);
    }

    private static List<String> lines() {
        try (InputStream in = java.util.Objects.requireNonNull(SignatureVectors.class.getResourceAsStream("signatures.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
