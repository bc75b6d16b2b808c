package dev.chancery.adapters.oci.layout;

import dev.chancery.adapters.oci.registry.DigestCheck;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.BlobSource;
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A layout in a folder or an archive, as a repository whose tags are the names in `index.json`.
public final class LayoutRepository implements Repository {
    static final String INDEX = "index.json";
    static final String MARKER = "oci-layout";

    private static final int MAX_INDEX = 32 * 1024 * 1024;

    private final String name;
    private final LayoutFiles files;
    private final @Nullable FolderFiles folder;
    private final Completion completion;

    LayoutRepository(String name, LayoutFiles files, @Nullable FolderFiles folder, Completion completion) {
        this.name = name;
        this.files = files;
        this.folder = folder;
        this.completion = completion;
    }

    /// What is done when everything is written.
    @FunctionalInterface
    interface Completion {
        void run() throws IOException;
    }

    @Override
    public String name() {
        return name;
    }

    LayoutIndex index() throws RegistryException {
        try (InputStream in = files.open(INDEX).orElseThrow(() -> unsound("there is no " + INDEX, null))) {
            return LayoutIndex.read(Bytes.readUpTo(in, MAX_INDEX).orElseThrow(() -> unsound(INDEX + " is longer than " + MAX_INDEX + " bytes", null)));
        } catch (IOException e) {
            throw unsound(INDEX + " cannot be read: " + e.getMessage(), e);
        } catch (FormatException e) {
            throw unsound(INDEX + ": " + e.problem().why(), e);
        }
    }

    private RegistryException.Failed unsound(String why, @Nullable Throwable cause) {
        return new RegistryException.Failed(new Problem(ErrorCode.LAYOUT_UNSOUND, name + " cannot be used", why,
                "check that this is an OCI image layout; make it anew with chancery copy"), cause);
    }

    @Override
    public Optional<StoredManifest> tagged(String tag) throws RegistryException {
        Optional<Descriptor> entry = index().named(tag);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Optional<StoredManifest> found = manifest(entry.get().digest(), entry.get().mediaType());
        if (found.isEmpty()) {
            throw unsound("the manifest " + entry.get().digest() + " is in " + INDEX + " and not among the blobs", null);
        }
        return found;
    }

    @Override
    public Optional<StoredManifest> manifest(Digest digest) throws RegistryException {
        Optional<Descriptor> entry = index().of(digest);
        return manifest(digest, entry.map(Descriptor::mediaType).orElse(""));
    }

    private Optional<StoredManifest> manifest(Digest digest, String mediaType) throws RegistryException {
        try (InputStream in = files.open(path(digest)).orElse(null)) {
            if (in == null) {
                return Optional.empty();
            }
            Bytes content = Bytes.readUpTo(in, StoredManifest.MAX_LENGTH).orElseThrow(() -> new RegistryException.Unsound(new Problem(
                    ErrorCode.CONTENT_TOO_LARGE, "the manifest " + digest + " was not read", "it is longer than " + StoredManifest.MAX_LENGTH
                            + " bytes", "check what lies there"), null));
            Digest found = digest.algorithm().digest(content);
            if (!found.equals(digest)) {
                throw new RegistryException.Unsound(new Problem(ErrorCode.CONTENT_MISMATCH, "the manifest " + digest + " was thrown away",
                        "expected " + digest + ", found " + found, "the layout is damaged: make it anew"), null);
            }
            return Optional.of(new StoredManifest(MediaTypes.MANIFESTS.contains(mediaType) ? mediaType : mediaType(content), digest, content));
        } catch (IOException e) {
            throw unsound("the blob " + digest + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// A manifest that `index.json` doesn't name says itself what it is, or is told by its members.
    private static String mediaType(Bytes content) throws RegistryException.Unsound {
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(content, StoredManifest.MAX_LENGTH), "");
            String own = fields.text("mediaType").orElse("");
            return MediaTypes.MANIFESTS.contains(own) ? own : fields.take("manifests").isPresent() ? MediaTypes.INDEX : MediaTypes.MANIFEST;
        } catch (FormatException e) {
            throw new RegistryException.Unsound(e.problem(), e);
        }
    }

    private static String path(Digest digest) {
        return "blobs/" + digest.algorithm().inTotoName() + "/" + digest.hex();
    }

    @Override
    public ReferrerList referrers(Digest subject) throws RegistryException {
        LayoutIndex index = index();
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        for (Descriptor entry : index.entries()) {
            if (entry.isManifest() && !entry.digest().equals(subject)) {
                OciDocument document = document(entry);
                if (document.subject().map(Descriptor::digest).equals(Optional.of(subject))) {
                    found.putIfAbsent(entry.digest(), referrer(entry, document));
                }
            }
        }
        Optional<Descriptor> list = index.named(subject.algorithm().inTotoName() + "-" + subject.hex());
        if (list.isPresent()) {
            document(list.get()).content().forEach(entry -> found.putIfAbsent(entry.digest(), entry));
        }
        return new ReferrerList(List.copyOf(found.values()), null);
    }

    private OciDocument document(Descriptor entry) throws RegistryException {
        StoredManifest manifest = manifest(entry.digest(), entry.mediaType()).orElseThrow(
                () -> unsound("the manifest " + entry.digest() + " is in " + INDEX + " and not among the blobs", null));
        try {
            return OciDocumentCodec.read(manifest);
        } catch (FormatException e) {
            throw unsound("the manifest " + entry.digest() + ": " + e.problem().why(), e);
        }
    }

    private static Descriptor referrer(Descriptor entry, OciDocument document) {
        return new Descriptor(entry.mediaType(), entry.digest(), entry.size(), document.artifactType().orElse(null), document.annotations());
    }

    @Override
    public List<String> tags() throws RegistryException {
        return index().names();
    }

    @Override
    public Bytes blob(Descriptor blob, int limit) throws RegistryException {
        if (blob.size() > limit) {
            throw new RegistryException.Unsound(new Problem(ErrorCode.CONTENT_TOO_LARGE, "the blob " + blob.digest() + " was not read",
                    "expected at most " + limit + " bytes, found " + blob.size(), "check what lies there"), null);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        read(blob, out);
        return Bytes.copyOf(out.toByteArray());
    }

    @Override
    public void read(Descriptor blob, OutputStream to) throws RegistryException {
        DigestCheck check = new DigestCheck(blob, "the blob " + blob.digest() + " of " + name, to);
        try (InputStream in = files.open(path(blob.digest())).orElseThrow(() -> new RegistryException.Absent(new Problem(
                ErrorCode.ARTIFACT_ABSENT, "the blob " + blob.digest() + " was not found", "it is not in " + name, "make the layout anew")))) {
            in.transferTo(check);
        } catch (DigestCheck.TooMuch e) {
            throw check.tooMuch();
        } catch (IOException e) {
            throw unsound("the blob " + blob.digest() + " cannot be read: " + e.getMessage(), e);
        }
        check.finish();
    }

    @Override
    public boolean has(Descriptor blob) throws RegistryException {
        try {
            return files.exists(path(blob.digest()));
        } catch (IOException e) {
            throw unsound(String.valueOf(e.getMessage()), e);
        }
    }

    /// Other blobs of this digest aren't looked at: files appear under their names only when they were checked.
    @Override
    public void store(Descriptor blob, BlobSource content) throws RegistryException {
        if (has(blob)) {
            return;
        }
        FolderFiles target = writable();
        try (InputStream in = content.open()) {
            DigestCheck check = new DigestCheck(blob, "the blob " + blob.digest(), OutputStream.nullOutputStream());
            in.transferTo(check);
            check.finish();
            target.write(path(blob.digest()), content);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private FolderFiles writable() {
        if (folder == null) {
            throw new IllegalStateException(name + " was opened for reading");
        }
        return folder;
    }

    private RegistryException.Failed unwritable(IOException e) {
        return new RegistryException.Failed(new Problem(ErrorCode.OUTPUT_UNWRITABLE, name + " was not written", String.valueOf(e.getMessage()),
                "check the folder, its permissions and the space left"), e);
    }

    @Override
    public boolean mount(Descriptor blob, Repository from) {
        return false;
    }

    @Override
    public void store(StoredManifest manifest) throws RegistryException {
        Descriptor entry = write(manifest);
        if (entry != null) {
            update(index -> index.with(entry));
        }
    }

    @Override
    public void tag(StoredManifest manifest, String tag) throws RegistryException {
        Descriptor entry = write(manifest);
        update(index -> index.withName(entry == null ? manifest.descriptor() : entry, tag));
    }

    /// Stores the content.
    ///
    /// @return the entry for `index.json`, when the manifest has a subject
    private @Nullable Descriptor write(StoredManifest manifest) throws RegistryException {
        store(manifest.descriptor(), manifest.content()::inputStream);
        try {
            OciDocument document = OciDocumentCodec.read(manifest);
            return document.subject().isPresent() ? referrer(manifest.descriptor(), document) : null;
        } catch (FormatException e) {
            throw new RegistryException.Unsound(e.problem(), e);
        }
    }

    private void update(UnaryOperator<LayoutIndex> change) throws RegistryException {
        FolderFiles target = writable();
        RegistryException[] failure = new RegistryException[1];
        try {
            target.alone(() -> {
                try {
                    Bytes changed = change.apply(index()).write();
                    target.write(INDEX, changed::inputStream);
                } catch (RegistryException e) {
                    failure[0] = e;
                }
            });
        } catch (IOException e) {
            throw unwritable(e);
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    @Override
    public void complete() throws RegistryException {
        try {
            completion.run();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
