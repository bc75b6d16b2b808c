package dev.chancery.application.registry;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.formats.oci.SimpleSigning;
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import dev.chancery.verification.image.ImageEvidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// One search for the evidence beside one artifact.
final class EvidenceSearch {
    private static final String BUNDLE_PREFIX = "application/vnd.dev.sigstore.bundle";

    private final Repository repository;
    private final Digest artifact;
    private final Consumer<ImageEvidence> taker;
    private final AtomicInteger ignored = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Problem> missing = new ArrayList<>();
    private final Set<Digest> read = new HashSet<>();

    EvidenceSearch(Repository repository, Digest artifact, Consumer<ImageEvidence> taker) {
        this.repository = repository;
        this.artifact = artifact;
        this.taker = taker;
    }

    /// One thing to do for which something may be missing.
    @FunctionalInterface
    private interface Reading {
        void read() throws ProblemException;
    }

    SignatureFinder.Found run() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            join(List.of(
                    threads.submit(() -> attempt(() -> referrers(threads))),
                    threads.submit(() -> attempt(() -> tagged(SignatureLayout.signatureTag(artifact)))),
                    threads.submit(() -> attempt(() -> tagged(SignatureLayout.attestationTag(artifact))))));
        }
        synchronized (missing) {
            return new SignatureFinder.Found(ignored.get(), missing);
        }
    }

    private static void join(List<? extends Future<?>> parts) {
        for (Future<?> part : parts) {
            try {
                part.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void attempt(Reading reading) {
        try {
            reading.read();
        } catch (RegistryException.Unreachable | RegistryException.Throttled | RegistryException.Failed | RegistryException.Denied e) {
            failures.incrementAndGet();
            miss(e.problem());
        } catch (ProblemException e) {
            miss(e.problem());
        }
    }

    private void miss(Problem problem) {
        synchronized (missing) {
            missing.add(problem);
        }
    }

    private void referrers(ExecutorService threads) throws RegistryException {
        ReferrerList list = repository.referrers(artifact);
        list.missing().ifPresent(this::miss);
        List<Descriptor> descriptors = list.descriptors();
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(SignatureFinder.AT_ONCE, descriptors.size()); i++) {
            workers.add(threads.submit(() -> {
                for (int at = next.getAndIncrement(); at < descriptors.size() && mayAsk(); at = next.getAndIncrement()) {
                    Descriptor referrer = descriptors.get(at);
                    attempt(() -> referrer(referrer));
                }
            }));
        }
        join(workers);
        if (!mayAsk()) {
            miss(new Problem(ErrorCode.REGISTRY_FAILED, "not all of the " + descriptors.size() + " referrers of " + artifact + " were asked for",
                    failures.get() + " calls to " + repository.name() + " had failed before", "try again when the registry works"));
        }
    }

    private boolean mayAsk() {
        return failures.get() < SignatureFinder.MOST_FAILURES;
    }

    /// The list's word for the kind is taken when it names another one. Lists under tags may say nothing, or the config's kind.
    private static boolean mayBeBundle(Descriptor referrer) {
        String type = referrer.artifactType().orElse("");
        return type.isEmpty() || isEvidence(type) || type.equals(MediaTypes.EMPTY);
    }

    private void referrer(Descriptor referrer) throws RegistryException, FormatException {
        if (!mayBeBundle(referrer) || !referrer.isManifest()) {
            ignored.incrementAndGet();
            return;
        }
        StoredManifest stored = repository.manifest(referrer.digest()).orElseThrow(() -> new RegistryException.Absent(new Problem(
                ErrorCode.ARTIFACT_ABSENT, "the referrer " + referrer.digest() + " was not found",
                "it is in the list of referrers, and there is no such content", "remove the entry from the list, or restore the content")));
        if (!(OciDocumentCodec.read(stored) instanceof OciDocument.Manifest manifest) || !isAbout(manifest)
                || manifest.layers().stream().noneMatch(EvidenceSearch::isBundle)) {
            ignored.incrementAndGet();
            return;
        }
        for (Descriptor layer : manifest.layers()) {
            if (isBundle(layer) && !wasRead(layer)) {
                Bytes json = content(layer, layer.mediaType().equals(QuorumBundle.MEDIA_TYPE) ? QuorumBundle.MAX_LENGTH : SigstoreBundle.MAX_LENGTH);
                if (isFirst(layer)) {
                    taker.accept(new ImageEvidence.Bundle("referrer " + stored.digest(), json));
                }
            }
        }
    }

    private boolean isAbout(OciDocument.Manifest manifest) {
        return manifest.subject().map(Descriptor::digest).equals(Optional.of(artifact));
    }

    private static boolean isBundle(Descriptor layer) {
        return isEvidence(layer.mediaType());
    }

    private static boolean isEvidence(String type) {
        return type.startsWith(BUNDLE_PREFIX) || type.equals(QuorumBundle.MEDIA_TYPE);
    }

    /// The same bundle in several manifests counts once. It is told by what was read: a manifest that lies about a bundle's size must not keep
    /// another from having it read.
    private boolean wasRead(Descriptor layer) {
        synchronized (read) {
            return read.contains(layer.digest());
        }
    }

    private boolean isFirst(Descriptor layer) {
        synchronized (read) {
            return read.add(layer.digest());
        }
    }

    /// Only what was read counts for the bound: what a manifest says of sizes may be a lie.
    private Bytes content(Descriptor layer, int limit) throws RegistryException {
        if (bytes.get() + layer.size() > SignatureFinder.MOST_BYTES) {
            throw new RegistryException.Unsound(new Problem(ErrorCode.CONTENT_TOO_LARGE, "the evidence " + layer.digest() + " was not read",
                    "with it there would be more than " + SignatureFinder.MOST_BYTES + " bytes of evidence for " + artifact,
                    "remove what is not needed from the registry"), null);
        }
        Bytes content = repository.blob(layer, limit);
        bytes.addAndGet(content.size());
        return content;
    }

    private void tagged(String tag) throws RegistryException, FormatException {
        Optional<StoredManifest> stored = repository.tagged(tag);
        if (stored.isEmpty()) {
            return;
        }
        if (!(OciDocumentCodec.read(stored.get()) instanceof OciDocument.Manifest manifest)) {
            ignored.incrementAndGet();
            return;
        }
        for (int i = 0; i < manifest.layers().size() && mayAsk(); i++) {
            Descriptor layer = manifest.layers().get(i);
            String place = tag + " layer " + (i + 1);
            attempt(() -> layer(layer, place));
        }
    }

    private void layer(Descriptor layer, String place) throws RegistryException, FormatException {
        switch (layer.mediaType()) {
            case MediaTypes.SIMPLE_SIGNING ->
                taker.accept(new ImageEvidence.SimpleSigned(place, content(layer, SimpleSigning.MAX_LENGTH), CosignLayer.signature(layer)));
            case MediaTypes.DSSE -> taker.accept(new ImageEvidence.Bundle(place, CosignLayer.attestation(layer, content(layer, 2 * DssePayload.MAX_LENGTH))));
            default -> ignored.incrementAndGet();
        }
    }
}
