package dev.chancery.adapters.fulcio.tuf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.trust.TrustSourceException;
import dev.chancery.ports.trust.TufStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Everything of one repository in one file, so that it changes at one instant: `{"pulledAt", "files": {NAME: base64}}`.
///
/// It is a cache and a memory: what is in it is verified whenever it is read, and versions in it keep a mirror from going back.
public final class FileTufStore implements TufStore {
    private static final int MAX_LENGTH = 64 << 20;

    private final Path file;

    public FileTufStore(Path file) {
        this.file = file;
    }

    @Override
    public Optional<Kept> load() throws TrustSourceException {
        try (InputStream in = Files.newInputStream(file)) {
            Bytes json = Bytes.readUpTo(in, MAX_LENGTH).orElseThrow(() -> new IOException("it is longer than " + MAX_LENGTH + " bytes"));
            JsonFields fields = JsonFields.of(StrictJson.parse(json, MAX_LENGTH), "");
            Instant pulledAt = Instant.parse(fields.requiredText("pulledAt"));
            Map<String, Bytes> files = new LinkedHashMap<>();
            JsonFields named = fields.object("files");
            for (Map.Entry<String, JsonValue> entry : JsonFields.membersOf(JsonFields.of(StrictJson.parse(json, MAX_LENGTH), "").required("files"), "files").entrySet()) {
                files.put(entry.getKey(), named.requiredBytes(entry.getKey()));
            }
            return Optional.of(new Kept(files, pulledAt));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | FormatException | DateTimeException e) {
            throw failed("cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void save(Kept kept) throws TrustSourceException {
        var files = JsonText.object();
        kept.files().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(entry -> files.put(entry.getKey(), entry.getValue().toBase64()));
        Bytes json = JsonText.pretty(JsonText.object().put("pulledAt", kept.pulledAt().toString()).put("files", files.build()).build());
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(java.util.Objects.requireNonNull(folder));
            Path next = Files.createTempFile(folder, ".trust-", ".new");
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                java.nio.ByteBuffer buffer = json.byteBuffer();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed("cannot be written: " + e.getMessage(), e);
        }
    }

    private TrustSourceException failed(String why, Exception cause) {
        return new TrustSourceException.StoreFailed(new Problem(ErrorCode.TRUST_STORE_UNUSABLE, "the trust was not updated", file + " " + why,
                "check its folder and permissions; move the file away and pull again with --root to start anew"), cause);
    }
}
