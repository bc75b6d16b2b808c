package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.key.KeyException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// The encryption of cosign's key files: JSON with scrypt (RFC 7914) and NaCl's secretbox (XSalsa20 and Poly1305).
final class SigstoreKeyBox {
    private static final int MAX_LENGTH = 1 << 20;
    private static final int N = 65536;
    private static final int R = 8;
    private static final int P = 1;
    /// What a file may ask scrypt for at most: 128·N·r bytes of memory.
    private static final int MAX_N = 1 << 17;
    private static final int KEY = 32;
    private static final int SALT = 32;
    private static final int NONCE = 24;
    private static final int TAG = 16;

    private final int n;
    private final Bytes salt;
    private final Bytes nonce;
    private final Bytes box;

    private SigstoreKeyBox(int n, Bytes salt, Bytes nonce, Bytes box) {
        this.n = n;
        this.salt = salt;
        this.nonce = nonce;
        this.box = box;
    }

    static Bytes seal(byte[] plain, Pin passphrase, SecureRandom random) {
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] key = derive(passphrase, salt, N, R, P);
        try {
            byte[] stream = new byte[32 + plain.length];
            System.arraycopy(plain, 0, stream, 32, plain.length);
            xsalsa20(key, nonce, stream);
            byte[] box = new byte[TAG + plain.length];
            System.arraycopy(stream, 32, box, TAG, plain.length);
            System.arraycopy(tag(stream, box), 0, box, 0, TAG);
            Arrays.fill(stream, (byte) 0);
            return JsonText.compact(JsonText.object()
                    .put("kdf", JsonText.object().put("name", "scrypt")
                            .put("params", JsonText.object().put("N", number(N)).put("r", number(R)).put("p", number(P)).build())
                            .put("salt", Bytes.copyOf(salt).toBase64()).build())
                    .put("cipher", JsonText.object().put("name", "nacl/secretbox").put("nonce", Bytes.copyOf(nonce).toBase64()).build())
                    .put("ciphertext", Bytes.copyOf(box).toBase64())
                    .build());
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// Reads the JSON, before anybody is asked for a passphrase.
    static SigstoreKeyBox parse(Bytes json, String place) throws KeyException {
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(json, MAX_LENGTH), "");
            JsonFields kdf = fields.object("kdf");
            JsonFields params = kdf.object("params");
            int n = number(params, "N");
            int r = number(params, "r");
            int p = number(params, "p");
            JsonFields cipher = fields.object("cipher");
            Bytes salt = kdf.bytes("salt");
            Bytes nonce = cipher.bytes("nonce");
            Bytes box = fields.bytes("ciphertext");
            if (!kdf.requiredText("name").equals("scrypt") || !cipher.requiredText("name").equals("nacl/secretbox")) {
                throw KeyFiles.invalid(place, "it is not encrypted with scrypt and nacl/secretbox");
            }
            if (n < 2 || n > MAX_N || Integer.bitCount(n) != 1 || r != R || p != P || nonce.size() != NONCE || box.size() < TAG) {
                throw KeyFiles.invalid(place, "its scrypt or secretbox parameters are out of bounds: N a power of two up to " + MAX_N
                        + ", r 8, p 1, a nonce of 24 bytes");
            }
            return new SigstoreKeyBox(n, salt, nonce, box);
        } catch (FormatException e) {
            throw KeyFiles.invalid(place, "its content is damaged: " + e.problem().why(), e);
        }
    }

    /// Decrypts. The caller wipes the result.
    ///
    /// @return nothing when the passphrase is wrong
    Optional<byte[]> open(Pin passphrase) {
        byte[] sealed = box.toByteArray();
        byte[] key = derive(passphrase, salt.toByteArray(), n, R, P);
        byte[] stream = new byte[32 + sealed.length - TAG];
        System.arraycopy(sealed, TAG, stream, 32, sealed.length - TAG);
        try {
            xsalsa20(key, nonce.toByteArray(), stream);
            if (!MessageDigest.isEqual(tag(stream, sealed), Arrays.copyOf(sealed, TAG))) {
                return Optional.empty();
            }
            return Optional.of(Arrays.copyOfRange(stream, 32, stream.length));
        } finally {
            Arrays.fill(stream, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static void xsalsa20(byte[] key, byte[] nonce, byte[] inOut) {
        XSalsa20Engine cipher = new XSalsa20Engine();
        cipher.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        byte[] out = new byte[inOut.length];
        cipher.processBytes(inOut, 0, inOut.length, out, 0);
        System.arraycopy(out, 0, inOut, 0, out.length);
        Arrays.fill(out, (byte) 0);
    }

    /// Poly1305 over the ciphertext, keyed with the first 32 bytes of the key stream.
    private static byte[] tag(byte[] stream, byte[] box) {
        byte[] oneTime = Arrays.copyOf(stream, 32);
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(oneTime));
        mac.update(box, TAG, box.length - TAG);
        byte[] tag = new byte[TAG];
        mac.doFinal(tag, 0);
        Arrays.fill(oneTime, (byte) 0);
        return tag;
    }

    private static byte[] derive(Pin passphrase, byte[] salt, int n, int r, int p) {
        char[] characters = passphrase.characters(SecretAccess.grantedForUse());
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        try {
            return SCrypt.generate(bytes, salt, n, r, p, KEY);
        } finally {
            Arrays.fill(characters, '\0');
            Arrays.fill(bytes, (byte) 0);
            encoded.clear();
            encoded.put(new byte[encoded.remaining()]);
        }
    }

    private static JsonValue number(int value) {
        return new JsonValue.JsonNumber(Integer.toString(value));
    }

    private static int number(JsonFields fields, String name) throws FormatException {
        if (fields.required(name) instanceof JsonValue.JsonNumber number && number.text().matches("[0-9]{1,9}")) {
            return Integer.parseInt(number.text());
        }
        return -1;
    }
}
