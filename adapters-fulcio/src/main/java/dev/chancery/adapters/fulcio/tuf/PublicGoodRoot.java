package dev.chancery.adapters.fulcio.tuf;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// Whom to trust for the public Sigstore the first time: version 15 of its repository's root.json, as sigstore-python 4.5.1 ships it. All
/// five of its signatures are by keys of version 14 too, which sigstore-go v1.3.0 ships. Newer versions are found from it.
public final class PublicGoodRoot {
    /// Where the repository is.
    public static final String MIRROR = "https://tuf-repo-cdn.sigstore.dev";

    private static final String FILE = "tuf-repo-cdn.sigstore.dev.root.json";

    private PublicGoodRoot() {}

    /// The file.
    public static Bytes read() {
        try (InputStream in = Objects.requireNonNull(PublicGoodRoot.class.getResourceAsStream(FILE), FILE)) {
            return Bytes.copyOf(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
