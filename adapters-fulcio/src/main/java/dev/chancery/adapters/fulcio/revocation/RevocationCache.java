package dev.chancery.adapters.fulcio.revocation;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was fetched, a file for each address, and the newest of it in memory: the same address gives the same object, which is verified once.
/// Nothing in it is believed: a file that was changed is found out when its signature is verified. Thread-safe.
final class RevocationCache {
    private static final int MAX_IN_MEMORY = 16;

    private final Path folder;
    private final Map<String, Bytes> inMemory = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bytes> eldest) {
            return size() > MAX_IN_MEMORY;
        }
    };

    RevocationCache(Path folder) {
        this.folder = folder;
    }

    /// What is kept; nothing when there is none or it can't be read, since it can be fetched again.
    synchronized Optional<Bytes> load(String address, int limit) {
        Bytes known = inMemory.get(address);
        if (known != null) {
            return Optional.of(known);
        }
        Path file = file(address);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Optional<Bytes> kept = Bytes.readUpTo(in, limit);
            kept.ifPresent(bytes -> inMemory.put(address, bytes));
            return kept;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Keeps it, as one step.
    ///
    /// @throws IOException when it can be kept in memory only
    synchronized void save(String address, Bytes content) throws IOException {
        inMemory.put(address, content);
        Files.createDirectories(folder);
        Path next = Files.createTempFile(folder, ".fetched-", ".new");
        try {
            Files.write(next, content.toByteArray());
            Files.move(next, file(address), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private Path file(String address) {
        return folder.resolve(HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(address)).hex());
    }
}
