package dev.chancery.domain.oci;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names OCI content as users write it:
///
/// ```text
/// oci://HOST[:PORT]/REPOSITORY[:TAG][@DIGEST]
/// oci-layout:FOLDER[:TAG][@DIGEST]
/// oci-archive:FILE[:TAG][@DIGEST]
/// ```
///
/// Names and tags are those of the distribution spec 1.1, *Pulling manifests*. A digest outranks a tag.
///
/// @param tagOrNull a name that may move
/// @param digestOrNull exactly one content
public record OciReference(OciPlace place, @Nullable String tagOrNull, @Nullable Digest digestOrNull) {
    /// How a reference into a registry begins.
    public static final String REGISTRY = "oci://";

    /// How a reference into a layout begins.
    public static final String LAYOUT = "oci-layout:";

    /// How a reference into an archive begins.
    public static final String ARCHIVE = "oci-archive:";

    private static final int LONGEST = 4096;
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:]{2,39}])(?::[0-9]{1,5})?");
    private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /// Whether a text begins as a reference does.
    public static boolean isOne(String text) {
        return text.startsWith(REGISTRY) || text.startsWith(LAYOUT) || text.startsWith(ARCHIVE);
    }

    /// Whether a text can be a tag.
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /// Reads one.
    ///
    /// @throws OciReferenceException when it isn't one
    public static OciReference parse(String text) throws OciReferenceException {
        if (text.length() > LONGEST) {
            throw malformed(text.substring(0, 40) + "…", "at most " + LONGEST + " characters are expected, " + text.length() + " were found");
        }
        if (text.startsWith(REGISTRY)) {
            return registry(text);
        }
        if (text.startsWith(LAYOUT)) {
            return file(text, text.substring(LAYOUT.length()), false);
        }
        if (text.startsWith(ARCHIVE)) {
            return file(text, text.substring(ARCHIVE.length()), true);
        }
        throw malformed(text, "it begins with none of " + REGISTRY + ", " + LAYOUT + " and " + ARCHIVE);
    }

    /// Reads a digest.
    ///
    /// @return nothing when it is none of SHA-256 or SHA-512 in lower case, the registered algorithms (image spec, descriptor.md)
    public static Optional<Digest> digest(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String hex = text.substring(colon + 1);
        Optional<HashAlgorithm> algorithm = HashAlgorithm.ofInTotoName(text.substring(0, colon)).filter(found -> found != HashAlgorithm.SHA_384);
        if (algorithm.isEmpty() || hex.length() != 2 * algorithm.get().length()
                || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            return Optional.empty();
        }
        return Optional.of(new Digest(algorithm.get(), Bytes.fromHex(hex)));
    }

    private static OciReference registry(String text) throws OciReferenceException {
        String rest = text.substring(REGISTRY.length());
        Digest digest = digestAtEnd(text, rest);
        rest = withoutDigest(rest);
        int slash = rest.indexOf('/');
        if (slash < 0 || !HOST.matcher(rest.substring(0, slash)).matches()) {
            throw malformed(text, "a host and a repository are expected, such as " + REGISTRY + "registry.example.com/team/app:1.0");
        }
        String host = rest.substring(0, slash);
        String repository = rest.substring(slash + 1);
        String tag = null;
        int colon = repository.indexOf(':');
        if (colon >= 0) {
            tag = checkedTag(text, repository.substring(colon + 1));
            repository = repository.substring(0, colon);
        }
        if (repository.length() > 255 || !REPOSITORY.matcher(repository).matches()) {
            throw malformed(text, "a repository has lower-case letters, digits, and . _ - / between them, found " + repository);
        }
        return new OciReference(new OciPlace.Registry(host, repository), tag, digest);
    }

    private static OciReference file(String text, String named, boolean archive) throws OciReferenceException {
        Digest digest = digestAtEnd(text, named);
        String path = withoutDigest(named);
        String tag = null;
        int colon = path.lastIndexOf(':');
        if (colon > path.lastIndexOf('/') && colon >= 0) {
            tag = checkedTag(text, path.substring(colon + 1));
            path = path.substring(0, colon);
        }
        if (path.isEmpty()) {
            throw malformed(text, "a path is expected");
        }
        return new OciReference(archive ? new OciPlace.Archive(path) : new OciPlace.Layout(path), tag, digest);
    }

    private static String checkedTag(String text, String tag) throws OciReferenceException {
        if (!isTag(tag)) {
            throw malformed(text, "a tag has 1 to 128 letters, digits, and _ . - inside, found " + tag);
        }
        return tag;
    }

    private static @Nullable Digest digestAtEnd(String text, String rest) throws OciReferenceException {
        int at = rest.lastIndexOf('@');
        if (at < 0) {
            return null;
        }
        return digest(rest.substring(at + 1)).orElseThrow(
                () -> malformed(text, "after @ a digest is expected: sha256: and 64 lower-case hexadecimal digits"));
    }

    private static String withoutDigest(String rest) {
        int at = rest.lastIndexOf('@');
        return at < 0 ? rest : rest.substring(0, at);
    }

    private static OciReferenceException malformed(String text, String why) {
        return new OciReferenceException(new Problem(ErrorCode.REFERENCE_MALFORMED, "there is no artifact to be found under " + text, why,
                "write oci://HOST/REPOSITORY:TAG, with @sha256:… to be exact"));
    }

    /// A name that may move.
    public Optional<String> tag() {
        return Optional.ofNullable(tagOrNull);
    }

    /// Exactly one content.
    public Optional<Digest> digest() {
        return Optional.ofNullable(digestOrNull);
    }

    /// The same place, with exactly this content.
    public OciReference at(Digest digest) {
        return new OciReference(place, null, digest);
    }

    /// As a user writes it.
    @Override
    public String toString() {
        return (place instanceof OciPlace.Registry ? REGISTRY : "") + place + (tagOrNull == null ? "" : ":" + tagOrNull)
                + (digestOrNull == null ? "" : "@" + digestOrNull);
    }
}
