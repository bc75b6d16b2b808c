package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.nio.ByteBuffer;

/// A witness who cosigns checkpoints (C2SP tlog-cosignature v1.0.0).
public record ForgedWitness(String name, ForgedKey key) {
    /// A new one.
    public static ForgedWitness named(String name) {
        return new ForgedWitness(name, ForgedKey.ed25519());
    }

    String line(String checkpoint) {
        long time = ForgedCertificate.START.getEpochSecond();
        Bytes keyId = HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(name).concat(Bytes.fromHex("0a04")).concat(key.rawEd25519())).value().slice(0, 4);
        Bytes stamp = Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(time).array());
        Bytes signature = key.sign(Bytes.ofUtf8("cosignature/v1\ntime " + time + "\n" + checkpoint));
        return "— " + name + " " + keyId.concat(stamp).concat(signature).toBase64() + "\n";
    }
}
