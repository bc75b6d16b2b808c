package dev.chancery.formats.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/// Messages that several of Sigstore's documents share (protobuf-specs v0.5, sigstore_common.proto).
final class ProtobufParts {
    private static final List<String> HASH_ALGORITHMS =
            List.of("HASH_ALGORITHM_UNSPECIFIED", "SHA2_256", "SHA2_384", "SHA2_512", "SHA3_256", "SHA3_384");

    private ProtobufParts() {}

    static HashAlgorithm hashAlgorithm(JsonFields fields, String name) throws FormatException {
        String algorithm = fields.enumeration(name, HASH_ALGORITHMS);
        if (algorithm.equals(HASH_ALGORITHMS.getFirst())) {
            throw FormatException.fieldMissing(fields.at(name), "SHA2_256, SHA2_384 or SHA2_512");
        }
        return HashAlgorithm.ofSigstoreName(algorithm).orElseThrow(() ->
                FormatException.fieldInvalid(fields.at(name), "SHA2_256, SHA2_384 or SHA2_512", algorithm));
    }

    static List<Bytes> certificates(JsonFields chain, int limit) throws FormatException {
        List<Bytes> certificates = new ArrayList<>();
        for (JsonFields certificate : chain.objects("certificates", limit)) {
            certificates.add(certificate.requiredBytes("rawBytes"));
            certificate.end();
        }
        chain.end();
        if (certificates.isEmpty()) {
            throw FormatException.fieldMissing(chain.at("certificates"), "at least one certificate");
        }
        return certificates;
    }

    static JsonValue certificates(List<Bytes> chain) {
        return JsonText.object().put("certificates", JsonText.array(chain.stream().map(ProtobufParts::certificate).toList())).build();
    }

    static JsonValue certificate(Bytes der) {
        return JsonText.object().put("rawBytes", der.toBase64()).build();
    }

    /// An integer of 64 bits is a string, and is left out when it is 0 (the JSON mapping of protocol buffers).
    static void putInt64(JsonText.ObjectBuilder fields, String name, long value) {
        if (value != 0) {
            fields.put(name, Long.toString(value));
        }
    }

    /// A string is left out when it is empty.
    static void putText(JsonText.ObjectBuilder fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    /// A list is left out when it is empty.
    static void putArray(JsonText.ObjectBuilder fields, String name, List<JsonValue> elements) {
        if (!elements.isEmpty()) {
            fields.put(name, JsonText.array(elements));
        }
    }
}
