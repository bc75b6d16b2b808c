package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.io.Documents;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.verification.IdentityPolicy;
import dev.chancery.verification.TextMatch;
import dev.chancery.verification.Trust;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Reads what [TrustWords] name. Thread-safe. Files are read once in the life of the program: a batch is judged by one and the same trust,
/// whatever happens to the files meanwhile.
public final class TrustReader {
    private static final int KEPT = 1024;

    private final PublicKeyDecoder publicKeys;
    private final Map<TrustWords, Trust> read = recent();
    private final Map<List<String>, TrustedRoot> roots = recent();

    @Inject
    TrustReader(PublicKeyDecoder publicKeys) {
        this.publicKeys = publicKeys;
    }

    private static <K, V> Map<K, V> recent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > KEPT;
            }
        };
    }

    /// Reads it, or gives what was read before.
    ///
    /// @throws ProblemException when nobody is named, too many are, or a file can't be read
    public Trust read(TrustWords words) throws ProblemException {
        synchronized (read) {
            Trust known = read.get(words);
            if (known != null) {
                return known;
            }
            Trust trust = words.keyOrNull() != null ? key(words, words.keyOrNull()) : identity(words);
            read.put(words, trust);
            return trust;
        }
    }

    private Trust key(TrustWords words, String path) throws ProblemException {
        if (words.identityOrNull() != null || words.issuerOrNull() != null) {
            throw new UsageException("a key and an identity were both given", "give --key for signatures by a key, or"
                    + " --certificate-identity and --certificate-oidc-issuer for signatures by a certificate");
        }
        return new Trust.Key(publicKeys.decodePem(UserFiles.read(path, PublicKeyDecoder.MAX_LENGTH)), words.algorithmOrNull(),
                root(words.trustedRoots()).orElse(null));
    }

    private Trust identity(TrustWords words) throws ProblemException {
        if (words.identityOrNull() == null && words.issuerOrNull() == null) {
            throw new UsageException("nothing says whose signature it must be", "add --key FILE with the public key you trust, or"
                    + " --certificate-identity, --certificate-oidc-issuer and --trusted-root");
        }
        if (words.identityOrNull() == null || words.issuerOrNull() == null) {
            throw new UsageException("half of an identity was given: a name means nothing without who vouches for it",
                    "give both --certificate-identity and --certificate-oidc-issuer");
        }
        Optional<TrustedRoot> root = root(words.trustedRoots());
        if (root.isEmpty()) {
            throw new UsageException("nothing says which authorities are trusted for certificates", "add --trusted-root FILE");
        }
        if (words.algorithmOrNull() != null) {
            throw new UsageException("an algorithm was named for a signature by a certificate, whose key settles it", "leave --algorithm out");
        }
        return new Trust.Identity(new IdentityPolicy(match(words.identityOrNull()), match(words.issuerOrNull())), root.get());
    }

    private static TextMatch match(TrustWords.MatchWords words) throws UsageException {
        if (!words.regexp()) {
            return new TextMatch.Exact(words.text());
        }
        try {
            return TextMatch.Regexp.compile(words.text());
        } catch (IllegalArgumentException e) {
            throw new UsageException("the regular expression is none that RE2 knows: " + e.getMessage(),
                    "see github.com/google/re2/wiki/Syntax; it has to match the whole text");
        }
    }

    /// What several trusted roots come to together; nothing when none is named. The same names always give the same object, which the engine
    /// prepares once.
    ///
    /// @throws ProblemException when one can't be read
    public Optional<TrustedRoot> root(List<String> paths) throws ProblemException {
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        synchronized (read) {
            @Nullable TrustedRoot known = roots.get(paths);
            if (known == null) {
                List<TrustedRoot> each = new ArrayList<>();
                for (String path : paths) {
                    each.add(Documents.read(path, TrustedRoot.MAX_LENGTH, TrustedRootCodec::read));
                }
                known = each.size() == 1 ? each.getFirst() : TrustedRoot.union(each);
                roots.put(paths, known);
            }
            return Optional.of(known);
        }
    }
}
