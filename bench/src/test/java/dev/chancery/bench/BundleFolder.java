package dev.chancery.bench;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Writes attestations of 2 KB into a folder, with the public key (`key.pub`) and the batch that names them (`batch.jsonl`):
/// `BundleFolder FOLDER COUNT`. A thousand bundles share a folder.
public final class BundleFolder {
    private static final int EACH = 1000;

    private BundleFolder() {}

    /// Makes the folder.
    ///
    /// @param arguments folder and count
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        MadeBundles maker = new MadeBundles();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("key.pub"), "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(maker.key().subjectPublicKeyInfo().toByteArray())
                + "\n-----END PUBLIC KEY-----\n");
        try (OutputStream lines = new java.io.BufferedOutputStream(Files.newOutputStream(folder.resolve("batch.jsonl")))) {
            for (int i = 0; i < count; i++) {
                MadeBundles.Made made = maker.make(i);
                Path bundle = folder.resolve(Integer.toString(i / EACH)).resolve(i + ".json");
                Files.createDirectories(bundle.getParent());
                write(bundle, made.bundle());
                lines.write(("{\"id\":\"" + i + "\",\"artifact\":\"sha256:" + made.artifact().hex() + "\",\"bundle\":\"" + bundle + "\"}\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void write(Path file, Bytes content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        }
    }
}
