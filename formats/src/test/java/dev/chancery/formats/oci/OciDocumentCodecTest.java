package dev.chancery.formats.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Manifests as other tools write them, and what must not be taken for one.
class OciDocumentCodecTest {
    private static final String DIGEST = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private static final String DESCRIPTOR = "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"" + DIGEST + "\",\"size\":2}";

    /// The example of the image spec 1.1, manifest.md, *Guidelines for Artifact Usage*, with a subject.
    private static final String MANIFEST = """
            {
              "schemaVersion": 2,
              "mediaType": "application/vnd.oci.image.manifest.v1+json",
              "artifactType": "application/vnd.example+type",
              "config": {"mediaType": "application/vnd.oci.empty.v1+json",
                "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "size": 2, "data": "e30="},
              "layers": [{"mediaType": "application/vnd.example+type",
                "digest": "sha256:e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317", "size": 1234}],
              "subject": {"mediaType": "application/vnd.oci.image.manifest.v1+json",
                "digest": "sha256:5b0bcabd1ed22e9fb1310cf6c2dec7cdef19f0ad69efa1f392e94a4333501270", "size": 7682},
              "annotations": {"com.example.key1": "value1"},
              "org.example.unknown": {"a": 1}
            }""";

    @Test
    void theSpecsExampleIsRead() throws Exception {
        OciDocument.Manifest manifest = (OciDocument.Manifest) OciDocumentCodec.read(MediaTypes.MANIFEST, Bytes.ofUtf8(MANIFEST));
        assertEquals("application/vnd.example+type", manifest.artifactType().orElseThrow());
        assertEquals(DIGEST, manifest.config().digest().toString());
        assertEquals(1234, manifest.layers().getFirst().size());
        assertEquals(7682, manifest.subject().map(Descriptor::size).orElseThrow());
        assertEquals("value1", manifest.annotations().get("com.example.key1"));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() throws Exception {
        OciDocument manifest = OciDocumentCodec.read(MediaTypes.MANIFEST, Bytes.ofUtf8(MANIFEST));
        StoredManifest written = OciDocumentCodec.write(manifest);
        assertEquals(manifest, OciDocumentCodec.read(written));
        assertEquals(written, OciDocumentCodec.write(OciDocumentCodec.read(written)));
    }

    @Test
    void aManifestWithoutAnArtifactTypeIsOfItsConfigsKind() throws Exception {
        OciDocument manifest = OciDocumentCodec.read(MediaTypes.MANIFEST, Bytes.ofUtf8("{\"schemaVersion\":2,\"config\":" + DESCRIPTOR + ",\"layers\":[]}"));
        assertEquals(MediaTypes.EMPTY, manifest.artifactType().orElseThrow());
    }

    /// `{D}` stands for a good descriptor.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "manifest | [] | CHY-F010",
        "manifest | {\"schemaVersion\":1,\"config\":{D},\"layers\":[]} | CHY-F010",
        "manifest | {\"schemaVersion\":2,\"layers\":[]} | CHY-F009",
        "manifest | {\"schemaVersion\":2,\"config\":{D},\"layers\":[],\"manifests\":[]} | CHY-F010",
        "manifest | {\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"config\":{D},\"layers\":[]} | CHY-F010",
        "manifest | {\"schemaVersion\":2,\"config\":{D},\"config\":{D},\"layers\":[]} | CHY-F003",
        "manifest | {\"schemaVersion\":2,\"config\":{D},\"layers\":[{\"mediaType\":\"a\",\"digest\":\"sha256:00\",\"size\":2}]} | CHY-F010",
        "manifest | {\"schemaVersion\":2,\"config\":{D},\"layers\":[{\"mediaType\":\"a\",\"digest\":\"{H}\",\"size\":-1}]} | CHY-F010",
        "manifest | {\"schemaVersion\":2,\"config\":{D},\"layers\":[{\"mediaType\":\"a\",\"digest\":\"{H}\"}]} | CHY-F009",
        "manifest | {\"schemaVersion\":2,\"config\":{D},\"layers\":[],\"annotations\":{\"a\":1}} | CHY-F010",
        "index | {\"schemaVersion\":2} | CHY-F009",
        "index | {\"schemaVersion\":2,\"manifests\":[],\"layers\":[]} | CHY-F010",
        "index | {\"schemaVersion\":2,\"manifests\":[],\"config\":{D}} | CHY-F010",
    })
    void whatCouldBeTakenForTwoThingsOrNoneIsRefused(String kind, String json, String code) {
        Bytes bytes = Bytes.ofUtf8(json.replace("{D}", DESCRIPTOR).replace("{H}", DIGEST));
        FormatException refusal = assertThrows(FormatException.class,
                () -> OciDocumentCodec.read(kind.equals("index") ? MediaTypes.INDEX : MediaTypes.MANIFEST, bytes));
        assertEquals(code, refusal.problem().code().code(), refusal.problem().why());
    }

    /// olareg answers so when nothing refers to a subject.
    @Test
    void aListThatIsNullIsEmpty() throws Exception {
        assertEquals(java.util.List.of(), OciDocumentCodec.read(MediaTypes.INDEX, Bytes.ofUtf8("{\"schemaVersion\":2,\"manifests\":null}")).content());
    }

    @Test
    void theOldManifestsOfSchema1AreNotRead() {
        assertEquals(ErrorCode.MEDIA_TYPE_UNSUPPORTED, assertThrows(FormatException.class, () -> OciDocumentCodec.read(
                "application/vnd.docker.distribution.manifest.v1+prettyjws", Bytes.ofUtf8("{\"schemaVersion\":2}"))).problem().code());
    }

    /// The payload of containers/image, docs/containers-signature.5.md, with cosign's type.
    @Test
    void aSimpleSigningPayloadIsReadAndWrittenAsCosignDoes() throws Exception {
        String payload = "{\"critical\":{\"identity\":{\"docker-reference\":\"host/app\"},\"image\":{\"docker-manifest-digest\":\"" + DIGEST
                + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}";
        SimpleSigning read = SimpleSigning.read(Bytes.ofUtf8(payload));
        assertEquals("host/app", read.dockerReference());
        assertEquals(DIGEST, read.image().toString());
        assertEquals(payload, read.write().utf8().orElseThrow());
        assertThrows(FormatException.class, () -> SimpleSigning.read(Bytes.ofUtf8(payload.replace("cosign container", "atomic container"))));
    }
}
