package dev.chancery.domain.oci;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A manifest or an index. Nothing about it is verified by being one.
public sealed interface OciDocument {
    /// The most descriptors that are read of one document.
    int MAX_DESCRIPTORS = 20_000;

    /// What it says it is.
    String mediaType();

    /// What it refers to, if it is about another document.
    Optional<Descriptor> subject();

    /// What kind of artifact it is.
    Optional<String> artifactType();

    /// Free text by its keys.
    Map<String, String> annotations();

    /// Everything it points to, but the subject.
    List<Descriptor> content();

    /// A manifest (image spec, manifest.md).
    ///
    /// @param layers in the order of the file
    record Manifest(String mediaType, @Nullable String artifactTypeOrNull, Descriptor config, List<Descriptor> layers,
            @Nullable Descriptor subjectOrNull, Map<String, String> annotations) implements OciDocument {
        public Manifest {
            layers = List.copyOf(layers);
            annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        }

        @Override
        public Optional<Descriptor> subject() {
            return Optional.ofNullable(subjectOrNull);
        }

        /// The one it names, else its config's media type (distribution spec, *Listing Referrers*).
        @Override
        public Optional<String> artifactType() {
            return Optional.of(artifactTypeOrNull == null ? config.mediaType() : artifactTypeOrNull);
        }

        @Override
        public List<Descriptor> content() {
            var all = new java.util.ArrayList<Descriptor>();
            all.add(config);
            all.addAll(layers);
            return List.copyOf(all);
        }
    }

    /// An index (image spec, image-index.md).
    ///
    /// @param manifests in the order of the file
    record Index(String mediaType, @Nullable String artifactTypeOrNull, List<Descriptor> manifests, @Nullable Descriptor subjectOrNull,
            Map<String, String> annotations) implements OciDocument {
        public Index {
            manifests = List.copyOf(manifests);
            annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        }

        @Override
        public Optional<Descriptor> subject() {
            return Optional.ofNullable(subjectOrNull);
        }

        @Override
        public Optional<String> artifactType() {
            return Optional.ofNullable(artifactTypeOrNull);
        }

        @Override
        public List<Descriptor> content() {
            return manifests;
        }
    }
}
