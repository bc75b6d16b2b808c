package dev.chancery.domain.oci;

import java.util.List;

/// The media types of OCI documents and of what signers hang on them.
public final class MediaTypes {
    /// An image manifest (image spec, manifest.md).
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /// An image index (image spec, image-index.md).
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /// Docker's manifest, schema 2.
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    /// Docker's index.
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// The config of an artifact that has none (image spec, manifest.md, *Guidance for an Empty Descriptor*).
    public static final String EMPTY = "application/vnd.oci.empty.v1+json";

    /// The payload of cosign 2's signatures on images.
    public static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";

    /// A DSSE envelope, as cosign 2 stores attestations.
    public static final String DSSE = "application/vnd.dsse.envelope.v1+json";

    /// Every kind of manifest and index that is read.
    public static final List<String> MANIFESTS = List.of(MANIFEST, INDEX, DOCKER_MANIFEST, DOCKER_LIST);

    private MediaTypes() {}
}
