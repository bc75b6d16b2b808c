package dev.chancery.application.evidence;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.ports.sigstore.LogProposal;
import java.util.ArrayList;
import java.util.List;

/// A signature on its way to its evidence.
///
/// @param bundle the bundle with what was collected so far, none of which counts before it is verified anew
/// @param key that it verifies with
/// @param algorithm that it was made with
/// @param input what was signed
public record PendingSignature(SigstoreBundle bundle, PublicKey key, SignatureAlgorithm algorithm, SigningInput input) {
    /// The signature itself.
    Bytes signature() {
        return switch (bundle.content()) {
            case SigstoreBundle.Content.MessageSignature message -> message.signature();
            case SigstoreBundle.Content.Dsse dsse -> dsse.envelope().signatures().getFirst().signature();
        };
    }

    PendingSignature withLogEntry(TransparencyLogEntry entry) {
        List<TransparencyLogEntry> entries = new ArrayList<>(bundle.logEntries());
        entries.add(entry);
        return with(entries, bundle.timestamps());
    }

    PendingSignature with(List<TransparencyLogEntry> entries, List<Bytes> timestamps) {
        return new PendingSignature(new SigstoreBundle(bundle.version(), bundle.keyMaterial(), entries, timestamps, bundle.content()),
                key, algorithm, input);
    }

    /// What a log is asked.
    LogProposal proposal(TrustedRoot root) {
        Digest signed = switch (input) {
            case SigningInput.Prehashed(Digest digest) -> digest;
            case SigningInput.Message(Bytes message) -> HashAlgorithm.SHA_256.digest(message);
        };
        Verifier verifier = switch (bundle.keyMaterial()) {
            case KeyMaterial.Certificates certificates -> new Verifier.Certificate(certificates.leaf());
            case KeyMaterial.PublicKeyHint _ -> new Verifier.Key(key.subjectPublicKeyInfo());
        };
        List<Bytes> ids = root.transparencyLogs().stream().map(log -> log.logId().isEmpty() ? log.checkpointKeyId() : log.logId()).toList();
        return new LogProposal(bundle.content(), signed, algorithm, verifier, algorithm.registryName(key).orElse(null), ids);
    }
}
