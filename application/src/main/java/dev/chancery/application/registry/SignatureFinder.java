package dev.chancery.application.registry;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DssePayload;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Finds every signature and attestation beside an artifact, in every layout, and says what it could not read. Thread-safe; blocks.
public final class SignatureFinder {
    private static final String BUNDLE_PREFIX = "application/vnd.dev.sigstore.bundle";

    /// What was found.
    ///
    /// @param evidence nothing about which is verified
    /// @param ignored how many referrers are of other kinds, or are about something else than the list says
    /// @param missing what couldn't be read: there may be more evidence than was found
    public record Found(List<ImageEvidence> evidence, int ignored, List<Problem> missing) {
        public Found {
            evidence = List.copyOf(evidence);
            missing = List.copyOf(missing);
        }
    }

    /// What one place gave.
    private record Part(List<ImageEvidence> evidence, int ignored, List<Problem> missing) {
        static final Part IGNORED = new Part(List.of(), 1, List.of());

        static Part missing(Problem problem) {
            return new Part(List.of(), 0, List.of(problem));
        }
    }

    /// Looks everywhere at the same time. A place that fails is missing, and stops nothing.
    public Found find(Repository repository, Digest artifact) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Part>> parts = new ArrayList<>();
            parts.add(threads.submit(() -> part(() -> referrers(repository, artifact, threads))));
            parts.add(threads.submit(() -> part(() -> tagged(repository, SignatureLayout.signatureTag(artifact)))));
            parts.add(threads.submit(() -> part(() -> tagged(repository, SignatureLayout.attestationTag(artifact)))));
            return joined(parts);
        }
    }

    private static Found joined(List<Future<Part>> parts) {
        List<ImageEvidence> evidence = new ArrayList<>();
        List<Problem> missing = new ArrayList<>();
        int ignored = 0;
        for (Future<Part> future : parts) {
            Part part = result(future);
            evidence.addAll(part.evidence());
            missing.addAll(part.missing());
            ignored += part.ignored();
        }
        return new Found(evidence, ignored, missing);
    }

    private static Part result(Future<Part> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Part part(Callable<Part> reading) throws Exception {
        try {
            return reading.call();
        } catch (ProblemException e) {
            return Part.missing(e.problem());
        }
    }

    private static Part referrers(Repository repository, Digest artifact, ExecutorService threads) throws RegistryException {
        ReferrerList list = repository.referrers(artifact);
        List<Future<Part>> parts = new ArrayList<>();
        for (Descriptor referrer : list.descriptors()) {
            parts.add(threads.submit(() -> part(() -> referrer(repository, artifact, referrer))));
        }
        Found found = joined(parts);
        List<Problem> missing = new ArrayList<>(found.missing());
        list.missing().ifPresent(missing::add);
        return new Part(found.evidence(), found.ignored(), missing);
    }

    /// The list's word for the kind is taken when it names another one. Lists under tags may say nothing, or the config's kind.
    private static boolean mayBeBundle(Descriptor referrer) {
        String type = referrer.artifactType().orElse("");
        return type.isEmpty() || type.startsWith(BUNDLE_PREFIX) || type.equals(MediaTypes.EMPTY);
    }

    private static Part referrer(Repository repository, Digest artifact, Descriptor referrer) throws RegistryException, FormatException {
        if (!mayBeBundle(referrer) || !referrer.isManifest()) {
            return Part.IGNORED;
        }
        StoredManifest stored = repository.manifest(referrer.digest()).orElseThrow(() -> new RegistryException.Absent(new Problem(
                dev.chancery.domain.error.ErrorCode.ARTIFACT_ABSENT, "the referrer " + referrer.digest() + " was not found",
                "it is in the list of referrers, and there is no such content", "remove the entry from the list, or restore the content")));
        Optional<OciDocument.Manifest> manifest = OciDocumentCodec.read(stored) instanceof OciDocument.Manifest found
                ? Optional.of(found) : Optional.empty();
        if (manifest.isEmpty() || !isAbout(manifest.get(), artifact)) {
            return Part.IGNORED;
        }
        List<ImageEvidence> evidence = new ArrayList<>();
        for (Descriptor layer : manifest.get().layers()) {
            if (layer.mediaType().startsWith(BUNDLE_PREFIX)) {
                evidence.add(new ImageEvidence.Bundle("referrer " + stored.digest(), repository.blob(layer, SigstoreBundle.MAX_LENGTH)));
            }
        }
        return evidence.isEmpty() ? Part.IGNORED : new Part(evidence, 0, List.of());
    }

    private static boolean isAbout(OciDocument.Manifest manifest, Digest artifact) {
        return manifest.subject().map(Descriptor::digest).equals(Optional.of(artifact));
    }

    private static Part tagged(Repository repository, String tag) throws RegistryException, FormatException {
        Optional<StoredManifest> stored = repository.tagged(tag);
        if (stored.isEmpty()) {
            return new Part(List.of(), 0, List.of());
        }
        if (!(OciDocumentCodec.read(stored.get()) instanceof OciDocument.Manifest manifest)) {
            return Part.IGNORED;
        }
        List<ImageEvidence> evidence = new ArrayList<>();
        List<Problem> missing = new ArrayList<>();
        int ignored = 0;
        for (int i = 0; i < manifest.layers().size(); i++) {
            Descriptor layer = manifest.layers().get(i);
            String place = tag + " layer " + (i + 1);
            try {
                Optional<ImageEvidence> found = layer(repository, layer, place);
                found.ifPresent(evidence::add);
                ignored += found.isPresent() ? 0 : 1;
            } catch (RegistryException | FormatException e) {
                missing.add(e.problem());
            }
        }
        return new Part(evidence, ignored, missing);
    }

    private static Optional<ImageEvidence> layer(Repository repository, Descriptor layer, String place) throws RegistryException, FormatException {
        return switch (layer.mediaType()) {
            case MediaTypes.SIMPLE_SIGNING -> {
                Bytes payload = repository.blob(layer, SimpleSigning.MAX_LENGTH);
                yield Optional.of(new ImageEvidence.SimpleSigned(place, payload, CosignLayer.signature(layer)));
            }
            case MediaTypes.DSSE -> Optional.of(new ImageEvidence.Bundle(place,
                    CosignLayer.attestation(layer, repository.blob(layer, 2 * DssePayload.MAX_LENGTH))));
            default -> Optional.empty();
        };
    }
}
