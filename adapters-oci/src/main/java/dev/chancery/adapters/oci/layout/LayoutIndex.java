package dev.chancery.adapters.oci.layout;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.oci.OciDocumentCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What stands in `index.json`: manifests, some with names.
record LayoutIndex(List<Descriptor> entries, Map<String, String> annotations) {
    static final String NAME = "org.opencontainers.image.ref.name";

    LayoutIndex {
        entries = List.copyOf(entries);
    }

    static LayoutIndex read(Bytes json) throws FormatException {
        OciDocument document = OciDocumentCodec.read(MediaTypes.INDEX, json);
        return new LayoutIndex(document.content(), document.annotations());
    }

    Bytes write() {
        return OciDocumentCodec.write(new OciDocument.Index(MediaTypes.INDEX, null, entries, null, annotations)).content();
    }

    Optional<Descriptor> named(String name) {
        return entries.stream().filter(entry -> name.equals(entry.annotations().get(NAME))).findFirst();
    }

    Optional<Descriptor> of(Digest digest) {
        return entries.stream().filter(entry -> entry.digest().equals(digest)).findFirst();
    }

    List<String> names() {
        return entries.stream().flatMap(entry -> Optional.ofNullable(entry.annotations().get(NAME)).stream()).distinct().toList();
    }

    /// With a name that points to a manifest and to nothing else.
    LayoutIndex withName(Descriptor manifest, String name) {
        List<Descriptor> others = new ArrayList<>(entries.stream().filter(entry -> !name.equals(entry.annotations().get(NAME))).toList());
        Map<String, String> named = new TreeMap<>(manifest.annotations());
        named.put(NAME, name);
        others.add(manifest.with(named));
        return new LayoutIndex(others, annotations);
    }

    /// With a manifest, under no name, unless it is there.
    LayoutIndex with(Descriptor manifest) {
        if (of(manifest.digest()).isPresent()) {
            return this;
        }
        List<Descriptor> more = new ArrayList<>(entries);
        more.add(manifest);
        return new LayoutIndex(more, annotations);
    }
}
