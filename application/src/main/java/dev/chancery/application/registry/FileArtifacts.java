package dev.chancery.application.registry;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Files as artifacts: one layer a file, its name in an annotation (image spec, manifest.md, *Guidelines for Artifact Usage*), as oras
/// writes and reads them. Thread-safe; blocks.
public final class FileArtifacts {
    /// The artifact type when the user names none.
    public static final String UNKNOWN_TYPE = "application/vnd.unknown.artifact.v1";

    private static final String TITLE = "org.opencontainers.image.title";
    private static final String CREATED = "org.opencontainers.image.created";
    private static final String OCTETS = "application/octet-stream";
    private static final Bytes EMPTY = Bytes.ofUtf8("{}");
    private static final int LONGEST_NAME = 255;

    private final Clock clock;

    public FileArtifacts(Clock clock) {
        this.clock = clock;
    }

    /// What is pushed.
    ///
    /// @param files with distinct names
    public record Push(List<Path> files, String artifactType, Map<String, String> annotations) {
        public Push {
            files = List.copyOf(files);
            annotations = Map.copyOf(annotations);
        }
    }

    /// Stores the content of files; the manifest, which makes them an artifact, isn't stored yet.
    ///
    /// @throws RegistryException when a file can't be read or stored
    public StoredManifest store(Repository repository, Push push) throws RegistryException {
        Set<String> names = new HashSet<>();
        List<Descriptor> layers = new ArrayList<>();
        for (Path file : push.files()) {
            String name = String.valueOf(file.getFileName());
            if (!isName(name) || !names.add(name)) {
                throw notAName(name);
            }
            layers.add(layer(repository, file, name));
        }
        Descriptor config = new Descriptor(MediaTypes.EMPTY, HashAlgorithm.SHA_256.digest(EMPTY), EMPTY.size());
        repository.store(config, EMPTY::inputStream);
        Map<String, String> annotations = new TreeMap<>(push.annotations());
        annotations.putIfAbsent(CREATED, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, push.artifactType(), config, layers, null, annotations));
    }

    private static Descriptor layer(Repository repository, Path file, String name) throws RegistryException {
        try (InputStream in = Files.newInputStream(file)) {
            ArtifactContent content = ArtifactContent.digest(in, Set.of());
            Descriptor layer = new Descriptor(OCTETS, content.sha256(), content.length(), null, Map.of(TITLE, name));
            repository.store(layer, () -> Files.newInputStream(file));
            return layer;
        } catch (IOException e) {
            throw new RegistryException.Failed(new Problem(ErrorCode.INPUT_UNREADABLE, file + " cannot be read", String.valueOf(e.getMessage()),
                    "check the path and its permissions"), e);
        }
    }

    /// The files of an artifact, by their names.
    ///
    /// @throws RegistryException when it has none, or names that aren't file names
    /// @throws FormatException when the manifest isn't one
    public static Map<String, Descriptor> files(StoredManifest manifest) throws RegistryException, FormatException {
        if (!(OciDocumentCodec.read(manifest) instanceof OciDocument.Manifest document)) {
            throw notFiles(manifest, "it is an index");
        }
        Map<String, Descriptor> files = new LinkedHashMap<>();
        for (Descriptor layer : document.layers()) {
            String name = layer.annotations().get(TITLE);
            if (name != null) {
                if (!isName(name) || files.putIfAbsent(name, layer) != null) {
                    throw notAName(name);
                }
            }
        }
        if (files.isEmpty()) {
            throw notFiles(manifest, "none of its " + document.layers().size() + " layers has a file name");
        }
        return files;
    }

    private static RegistryException.Unsound notFiles(StoredManifest manifest, String why) {
        return new RegistryException.Unsound(new Problem(ErrorCode.ARTIFACT_KIND, manifest.digest() + " has no files", why,
                "see chancery tree for what it is; images are copied with chancery copy"), null);
    }

    private static RegistryException.Unsound notAName(String name) {
        return new RegistryException.Unsound(new Problem(ErrorCode.ARTIFACT_KIND, "no file is written or read under the name " + name,
                "expected names that differ, of 1 to " + LONGEST_NAME + " characters, without / and \\ and without characters that cannot be seen",
                "rename the file"), null);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && !name.equals(".") && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':')
                && name.codePoints().noneMatch(dev.chancery.domain.text.SafeText::isInvisible);
    }

    /// Writes the files of an artifact to a folder: all of them beside their places first, and into place only when each is whole.
    ///
    /// @param replace whether existing files are replaced
    /// @throws RegistryException when a file can't be had or written
    public static void write(Repository repository, Map<String, Descriptor> files, Path folder, boolean replace) throws RegistryException {
        Map<Path, Path> written = new LinkedHashMap<>();
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, Descriptor> file : files.entrySet()) {
                Path target = folder.resolve(file.getKey());
                if (!replace && Files.exists(target, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileAlreadyExistsException(target.toString());
                }
                Path temporary = Files.createTempFile(folder, ".chancery-", ".new");
                written.put(temporary, target);
                try (OutputStream out = Files.newOutputStream(temporary)) {
                    repository.read(file.getValue(), out);
                }
            }
            for (Map.Entry<Path, Path> each : written.entrySet()) {
                put(each.getKey(), each.getValue(), replace);
            }
        } catch (FileAlreadyExistsException e) {
            throw new RegistryException.Failed(new Problem(ErrorCode.OUTPUT_EXISTS, "nothing was written to " + folder,
                    e.getMessage() + " exists", "choose another folder, or replace files with --force"), e);
        } catch (IOException e) {
            throw new RegistryException.Failed(new Problem(ErrorCode.OUTPUT_UNWRITABLE, folder + " was not written", String.valueOf(e.getMessage()),
                    "check the folder, its permissions and the space left"), e);
        } finally {
            written.keySet().forEach(FileArtifacts::delete);
        }
    }

    private static void put(Path temporary, Path target, boolean replace) throws IOException {
        Files.setPosixFilePermissions(temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        if (replace) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.createLink(target, temporary);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The files are in place or the error is on its way.
        }
    }
}
