package dev.chancery.application.registry;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// Carries artifacts with everything that hangs on them from one place to another, bytes unchanged. Thread-safe; blocks.
///
/// Content goes first, then manifests, each after what it refers to; the tag is last. What is there already is not sent again, so that a
/// copy which was interrupted goes on where it was.
public final class CopyArtifacts {
    private static final int AT_ONCE = 6;
    private static final int IN_MEMORY = 1024 * 1024;

    /// What was carried.
    ///
    /// @param manifests all of them
    /// @param referrers how many of those refer to others, by their subject or by a tag
    /// @param blobs how many blobs there are in all
    /// @param sent how many of those were not there before
    /// @param bytes how long those are in all
    public record Copied(Digest artifact, int manifests, int referrers, int blobs, int sent, long bytes) {}

    /// Copies.
    ///
    /// @param tagOrNull the tag that the artifact gets at its destination; null for none
    /// @param progress is told which share of the content is there, from 0 to 1, by several threads
    /// @throws RegistryException when anything can't be read or written, also when it isn't sure that every signature was seen
    /// @throws FormatException when a manifest isn't one
    public Copied copy(Repository from, Repository to, Subject subject, @Nullable String tagOrNull, DoubleConsumer progress)
            throws RegistryException, FormatException {
        ArtifactGraph graph = ArtifactGraph.of(from, subject);
        List<Descriptor> blobs = graph.blobs();
        Sent sent = new Sent(blobs.stream().mapToLong(Descriptor::size).sum(), progress);
        copyBlobs(from, to, blobs, sent);
        for (StoredManifest manifest : graph.manifests()) {
            to.store(manifest);
        }
        for (ArtifactGraph.Tagged tagged : graph.tagged()) {
            to.tag(tagged.manifest(), tagged.tag());
        }
        if (tagOrNull != null) {
            to.tag(subject.manifest(), tagOrNull);
        }
        to.complete();
        return new Copied(subject.digest(), graph.manifests().size(), graph.referrers(), blobs.size(), sent.blobs.get(), sent.bytes.get());
    }

    /// Counts what was done, from several threads.
    private static final class Sent {
        private final long all;
        private final DoubleConsumer progress;
        private final AtomicInteger blobs = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong done = new AtomicLong();

        Sent(long all, DoubleConsumer progress) {
            this.all = all;
            this.progress = progress;
        }

        void sent(Descriptor blob) {
            blobs.incrementAndGet();
            bytes.addAndGet(blob.size());
        }

        void done(Descriptor blob) {
            progress.accept((double) done.addAndGet(blob.size()) / Math.max(1, all));
        }
    }

    private static void copyBlobs(Repository from, Repository to, List<Descriptor> blobs, Sent sent) throws RegistryException {
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Descriptor blob : blobs) {
                running.add(threads.submit(() -> {
                    places.acquireUninterruptibly();
                    try {
                        copyBlob(from, to, blob, sent);
                    } finally {
                        places.release();
                    }
                    return null;
                }));
            }
            await(running);
        }
    }

    private static void await(List<Future<?>> running) throws RegistryException {
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                running.forEach(other -> other.cancel(true));
                if (e.getCause() instanceof RegistryException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static void copyBlob(Repository from, Repository to, Descriptor blob, Sent sent) throws RegistryException {
        if (!to.has(blob) && !to.mount(blob, from)) {
            send(from, to, blob);
            sent.sent(blob);
        }
        sent.done(blob);
    }

    /// A blob is whole and checked before any of it is sent on.
    private static void send(Repository from, Repository to, Descriptor blob) throws RegistryException {
        if (blob.size() <= IN_MEMORY) {
            var content = from.blob(blob, IN_MEMORY);
            to.store(blob, content::inputStream);
            return;
        }
        Path file = null;
        try {
            file = Files.createTempFile("chancery-", ".blob");
            try (OutputStream out = Files.newOutputStream(file)) {
                from.read(blob, out);
            }
            Path whole = file;
            to.store(blob, () -> Files.newInputStream(whole));
        } catch (IOException e) {
            throw new RegistryException.Failed(new Problem(ErrorCode.OUTPUT_UNWRITABLE, "the blob " + blob.digest() + " was not kept for sending it on",
                    String.valueOf(e.getMessage()), "check the folder for temporary files, and the space left in it"), e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A left-over temporary file harms nothing.
        }
    }

    /// Which tag a copy gets when the destination names none: the source's, unless that was named by digest alone.
    public static Optional<String> usualTag(Subject subject) {
        return subject.reference().tag().or(() -> subject.reference().digest().isPresent() ? Optional.empty() : Optional.of(Subject.LATEST));
    }
}
