package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.trust.KeyDetails;
import dev.chancery.domain.trust.TransparencyLogInstance;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A trusted root with its logs' keys read, once for many bundles.
///
/// @param unread logs whose keys are of a kind that isn't verified here: what they sign can't be judged
record PreparedRoot(TrustedRoot root, List<LogKey> logs, List<LogKey> certificateLogs, List<TransparencyLogInstance> unread) {
    static PreparedRoot of(TrustedRoot root, PublicKeyDecoder keys) {
        List<TransparencyLogInstance> unread = new ArrayList<>();
        return new PreparedRoot(root, read(root.transparencyLogs(), keys, unread), read(root.certificateTransparencyLogs(), keys, unread),
                List.copyOf(unread));
    }

    private static List<LogKey> read(List<TransparencyLogInstance> logs, PublicKeyDecoder keys, List<TransparencyLogInstance> unread) {
        List<LogKey> read = new ArrayList<>();
        for (TransparencyLogInstance log : logs) {
            read(log, keys).ifPresentOrElse(read::add, () -> unread.add(log));
        }
        return List.copyOf(read);
    }

    private static Optional<LogKey> read(TransparencyLogInstance log, PublicKeyDecoder keys) {
        KeyDetails details = log.publicKey().details();
        boolean unspecified = details == KeyDetails.PUBLIC_KEY_DETAILS_UNSPECIFIED;
        if (details.encoding() != KeyDetails.Encoding.PKIX && !unspecified) {
            return Optional.empty();
        }
        try {
            PublicKey key = keys.decodeDer(log.publicKey().rawBytes());
            SignatureAlgorithm algorithm = details.algorithm().orElse(SignatureAlgorithm.forKey(key).getFirst());
            return algorithm.fits(key) ? Optional.of(new LogKey(log, key, algorithm)) : Optional.empty();
        } catch (PublicKeyException e) {
            return Optional.empty();
        }
    }

    /// Whether an id is of a log that is trusted but whose key can't be used.
    boolean isUnread(Bytes id) {
        return unread.stream().anyMatch(log -> log.logId().equals(id) || log.checkpointKeyId().equals(id));
    }
}
