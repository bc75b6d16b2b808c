package dev.chancery.testkit.forge;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A keyless bundle in the making. What a test doesn't change is sound. Not thread-safe.
public final class ForgedBundle {
    /// What is signed, unless a test says otherwise.
    public static final Bytes ARTIFACT = Bytes.ofUtf8("the artifact\n");

    private final ForgedServices services;
    private final ForgedCertificate certificate;
    private final @Nullable DssePayload payload;
    private final List<ForgedLog> logs = new ArrayList<>();
    private ForgedKey signer;
    private KindVersion envelopeKind = new KindVersion("dsse", "0.0.1");
    private UnaryOperator<Bytes> certificateBytes = UnaryOperator.identity();
    private UnaryOperator<ForgedTimestamp> timestamp = UnaryOperator.identity();
    private UnaryOperator<List<Bytes>> timestamps = UnaryOperator.identity();
    private UnaryOperator<List<TransparencyLogEntry>> entries = UnaryOperator.identity();
    private Consumer<ForgedEntry> entry = _ -> {};
    private boolean timestamped = true;

    private ForgedBundle(ForgedServices services, @Nullable DssePayload payload) {
        this.services = services;
        this.payload = payload;
        this.certificate = new ForgedCertificate(services.authority(), services.certificateLog());
        this.signer = certificate.key();
        logs.add(services.second());
    }

    /// A signature over the artifact, in a Rekor v2 log, with a timestamp.
    public static ForgedBundle message(ForgedServices services) {
        return new ForgedBundle(services, null);
    }

    /// An attestation about the artifact, in a Rekor v2 log, with a timestamp.
    public static ForgedBundle attestation(ForgedServices services) {
        String statement = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"artifact\",\"digest\":{\"sha256\":\""
                + HashAlgorithm.SHA_256.digest(ARTIFACT).hex() + "\"}}],\"predicateType\":\"https://forge.test/p/v1\",\"predicate\":{}}";
        return new ForgedBundle(services, new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8(statement)));
    }

    /// In a Rekor v1 log instead, whose promise is then the only proof of time.
    public ForgedBundle inFirstLog() {
        logs.set(0, services.first());
        timestamped = false;
        return this;
    }

    /// In another log.
    public ForgedBundle inLog(ForgedLog log) {
        logs.set(0, log);
        return this;
    }

    /// In one more log.
    public ForgedBundle alsoInLog(ForgedLog log) {
        logs.add(log);
        return this;
    }

    /// As an entry of kind `intoto` where it would be of kind `dsse`.
    public ForgedBundle asIntoto() {
        envelopeKind = new KindVersion("intoto", "0.0.2");
        return this;
    }

    /// With a timestamp, or without.
    public ForgedBundle timestamped(boolean yes) {
        timestamped = yes;
        return this;
    }

    /// Changes the certificate before it is issued.
    public ForgedBundle certificate(Consumer<ForgedCertificate> change) {
        change.accept(certificate);
        return this;
    }

    /// Changes the certificate after it was issued.
    public ForgedBundle certificateBytes(UnaryOperator<Bytes> change) {
        certificateBytes = change;
        return this;
    }

    /// Signs with another key than the certificate's.
    public ForgedBundle signedBy(ForgedKey other) {
        signer = other;
        return this;
    }

    /// Changes the timestamp before it is issued.
    public ForgedBundle timestamp(UnaryOperator<ForgedTimestamp> change) {
        timestamp = change;
        return this;
    }

    /// Changes the timestamps after they were issued.
    public ForgedBundle timestamps(UnaryOperator<List<Bytes>> change) {
        timestamps = change;
        return this;
    }

    /// Changes the log entry while it is made.
    public ForgedBundle entry(Consumer<ForgedEntry> change) {
        entry = change;
        return this;
    }

    /// Changes the log entries after they were made.
    public ForgedBundle entries(UnaryOperator<List<TransparencyLogEntry>> change) {
        entries = change;
        return this;
    }

    /// The bundle.
    public SigstoreBundle make() {
        Bytes leaf = certificateBytes.apply(certificate.issue());
        Bytes signed = payload == null ? ARTIFACT : payload.preAuthEncoding().bytes();
        Bytes signature = signer.sign(signed);
        List<TransparencyLogEntry> logged = new ArrayList<>();
        for (ForgedLog log : logs) {
            ForgedEntry forged = entryIn(log, HashAlgorithm.SHA_256.digest(signed), signature, leaf);
            entry.accept(forged);
            logged.add(forged.make());
        }
        List<Bytes> stamps = timestamped
                ? List.of(timestamp.apply(ForgedTimestamp.sound(services.timestamps(), signature)).issue())
                : List.of();
        return new SigstoreBundle(SigstoreBundle.Version.V0_3, new KeyMaterial.Certificates(List.of(leaf)), entries.apply(logged),
                timestamps.apply(stamps), content(signature));
    }

    private Content content(Bytes signature) {
        return payload == null
                ? new Content.MessageSignature(HashAlgorithm.SHA_256.digest(ARTIFACT), signature)
                : new Content.Dsse(new DsseEnvelope(payload, List.of(new DsseEnvelope.DsseSignature("", signature))));
    }

    private ForgedEntry entryIn(ForgedLog log, Digest digest, Bytes signature, Bytes leaf) {
        if (log.isSecond()) {
            return new ForgedEntry(log, log.hashedRekord(), "{\"apiVersion\":\"0.0.2\",\"kind\":\"hashedrekord\",\"spec\":{\"hashedRekordV002\":{\"data\":"
                    + "{\"algorithm\":\"SHA2_256\",\"digest\":\"" + digest.value().toBase64() + "\"},\"signature\":{\"content\":\"" + signature.toBase64()
                    + "\",\"verifier\":{\"keyDetails\":\"PKIX_ECDSA_P256_SHA_256\",\"x509Certificate\":{\"rawBytes\":\"" + leaf.toBase64() + "\"}}}}}}");
        }
        String pem = Bytes.ofUtf8("-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(leaf.toByteArray())
                + "\n-----END CERTIFICATE-----\n").toBase64();
        if (payload == null) {
            return new ForgedEntry(log, log.hashedRekord(), "{\"apiVersion\":\"0.0.1\",\"kind\":\"hashedrekord\",\"spec\":{\"data\":{\"hash\":"
                    + hash(digest) + "},\"signature\":{\"content\":\"" + signature.toBase64() + "\",\"publicKey\":{\"content\":\"" + pem + "\"}}}}");
        }
        String payloadHash = hash(HashAlgorithm.SHA_256.digest(payload.content()));
        if (envelopeKind.kind().equals("intoto")) {
            return new ForgedEntry(log, envelopeKind, "{\"apiVersion\":\"0.0.2\",\"kind\":\"intoto\",\"spec\":{\"content\":{\"envelope\":{\"payloadType\":\""
                    + payload.payloadType() + "\",\"signatures\":[{\"publicKey\":\"" + pem + "\",\"sig\":\""
                    + Bytes.ofUtf8(signature.toBase64()).toBase64() + "\"}]},\"hash\":" + payloadHash + ",\"payloadHash\":" + payloadHash + "}}}");
        }
        return new ForgedEntry(log, envelopeKind, "{\"apiVersion\":\"0.0.1\",\"kind\":\"dsse\",\"spec\":{\"envelopeHash\":" + payloadHash
                + ",\"payloadHash\":" + payloadHash + ",\"signatures\":[{\"signature\":\"" + signature.toBase64() + "\",\"verifier\":\"" + pem + "\"}]}}");
    }

    private static String hash(Digest digest) {
        return "{\"algorithm\":\"" + digest.algorithm().inTotoName() + "\",\"value\":\"" + digest.hex() + "\"}";
    }
}
