package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.verification.Trust;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.inject.Inject;

/// Reads what [TrustWords] name. Thread-safe. Files are read once in the life of the program: a batch is judged by one and the same trust,
/// whatever happens to the files meanwhile.
public final class TrustReader {
    private static final int KEPT = 1024;

    private final PublicKeyDecoder publicKeys;
    private final Map<TrustWords, Trust> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TrustWords, Trust> eldest) {
            return size() > KEPT;
        }
    };

    @Inject
    TrustReader(PublicKeyDecoder publicKeys) {
        this.publicKeys = publicKeys;
    }

    /// Reads it, or gives what was read before.
    ///
    /// @throws ProblemException when nobody is named, or a file can't be read
    public Trust read(TrustWords words) throws ProblemException {
        synchronized (read) {
            Trust known = read.get(words);
            if (known != null) {
                return known;
            }
            String path = words.keyOrNull();
            if (path == null) {
                throw new UsageException("nothing says whose signature it must be", "add --key FILE with the public key you trust");
            }
            Trust trust = new Trust.Key(publicKeys.decodePem(UserFiles.read(path, PublicKeyDecoder.MAX_LENGTH)), words.algorithmOrNull());
            read.put(words, trust);
            return trust;
        }
    }
}
