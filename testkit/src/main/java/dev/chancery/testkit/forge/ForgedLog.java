package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import dev.chancery.domain.trust.KeyDetails;
import dev.chancery.domain.trust.TransparencyLogInstance;
import dev.chancery.domain.trust.TrustedKey;
import dev.chancery.domain.trust.ValidityWindow;

/// A transparency log like Rekor, of either version: 1 signs with ECDSA and promises, 2 signs with Ed25519.
public final class ForgedLog {
    static final String HOST = "rekor.forge.test";

    private static final Bytes ED25519_NOTE_KEY = Bytes.fromHex("0a01");

    private final boolean second;
    private final ForgedKey key;

    private ForgedLog(boolean second) {
        this.second = second;
        this.key = second ? ForgedKey.ed25519() : ForgedKey.p256();
    }

    /// A log like Rekor v1.
    public static ForgedLog first() {
        return new ForgedLog(false);
    }

    /// A log like Rekor v2.
    public static ForgedLog second() {
        return new ForgedLog(true);
    }

    boolean isSecond() {
        return second;
    }

    /// Its key.
    public ForgedKey key() {
        return key;
    }

    /// The id that its entries name it by: the hash of its key, or for version 2 the long form of its key id in checkpoints.
    public Bytes id() {
        return second ? HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(HOST).concat(ED25519_NOTE_KEY).concat(key.rawEd25519())).value() : key.spkiHash();
    }

    /// The first line of its checkpoints.
    public String origin() {
        return second ? HOST : HOST + " - 2605736670972794746";
    }

    /// It as a trusted root has it.
    public TransparencyLogInstance instance(ValidityWindow window) {
        return new TransparencyLogInstance("https://" + HOST, HashAlgorithm.SHA_256, new TrustedKey(key.spki(),
                second ? KeyDetails.PKIX_ED25519 : KeyDetails.PKIX_ECDSA_P256_SHA_256, window), id(), Bytes.empty(), "");
    }

    /// The kind of entry that it keeps for a signature over a digest.
    public KindVersion hashedRekord() {
        return new KindVersion("hashedrekord", second ? "0.0.2" : "0.0.1");
    }
}
