package dev.chancery.formats.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.trust.KeyDetails;
import dev.chancery.domain.trust.TransparencyLogInstance;
import dev.chancery.domain.trust.TrustedKey;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads and writes trusted roots of version 0.1 and 0.2 (protobuf-specs v0.5, sigstore_trustroot.proto, TrustedRoot) in the JSON
/// mapping of protocol buffers, as [BundleCodec] does it.
///
/// The fields of version 0.2 are read in version 0.1 too, and written with its media type in the spelling that sigstore-go and cosign
/// read; they know the fields, but no other media type.
public final class TrustedRootCodec {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";
    private static final List<String> MEDIA_TYPES = List.of(MEDIA_TYPE, "application/vnd.dev.sigstore.trustedroot+json;version=0.2",
            "application/vnd.dev.sigstore.trustedroot.v0.1+json", "application/vnd.dev.sigstore.trustedroot.v0.2+json");
    private static final List<String> KEY_DETAILS = Arrays.stream(KeyDetails.values()).map(KeyDetails::name).toList();
    private static final String KEY_ID = "keyId";

    private TrustedRootCodec() {}

    /// Reads a trusted root.
    ///
    /// @param json at most [TrustedRoot#MAX_LENGTH]
    /// @throws FormatException when it isn't one, or is over a limit
    public static TrustedRoot read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.ofProtobuf(StrictJson.parse(json, TrustedRoot.MAX_LENGTH), "");
        String mediaType = fields.requiredText("mediaType");
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw FormatException.mediaTypeUnsupported("mediaType", "a trusted root of version 0.1 or 0.2", FormatException.quoted(mediaType));
        }
        TrustedRoot root = new TrustedRoot(logs(fields, "tlogs"), authorities(fields, "certificateAuthorities"),
                logs(fields, "ctlogs"), authorities(fields, "timestampAuthorities"));
        fields.end();
        return root;
    }

    private static List<TransparencyLogInstance> logs(JsonFields fields, String name) throws FormatException {
        List<TransparencyLogInstance> logs = new ArrayList<>();
        for (JsonFields log : fields.objects(name, TrustedRoot.MAX_INSTANCES)) {
            logs.add(log(log));
        }
        return logs;
    }

    private static TransparencyLogInstance log(JsonFields fields) throws FormatException {
        String baseUrl = fields.text("baseUrl").orElse("");
        HashAlgorithm hashAlgorithm = ProtobufParts.hashAlgorithm(fields, "hashAlgorithm");
        TrustedKey key = key(fields.object("publicKey"));
        Bytes logId = id(fields, "logId");
        Bytes checkpointKeyId = id(fields, "checkpointKeyId");
        String operator = fields.text("operator").orElse("");
        fields.end();
        if (logId.isEmpty() && checkpointKeyId.isEmpty()) {
            throw FormatException.fieldMissing(fields.at("logId"), "the log's id");
        }
        return new TransparencyLogInstance(baseUrl, hashAlgorithm, key, logId, checkpointKeyId, operator);
    }

    /// A log's key must say since when it counts, as sigstore-go demands: promises by it are checked against that.
    private static TrustedKey key(JsonFields fields) throws FormatException {
        Bytes rawBytes = fields.requiredBytes("rawBytes");
        KeyDetails details = KeyDetails.valueOf(fields.enumeration("keyDetails", KEY_DETAILS));
        ValidityWindow validFor = ProtobufTime.window(fields.object("validFor"));
        fields.end();
        return new TrustedKey(rawBytes, details, validFor);
    }

    private static Bytes id(JsonFields fields, String name) throws FormatException {
        Optional<JsonFields> id = fields.optionalObject(name);
        if (id.isEmpty()) {
            return Bytes.empty();
        }
        Bytes value = id.get().optionalBytes(KEY_ID);
        id.get().end();
        return value;
    }

    private static List<CertificateAuthority> authorities(JsonFields fields, String name) throws FormatException {
        List<CertificateAuthority> authorities = new ArrayList<>();
        for (JsonFields authority : fields.objects(name, TrustedRoot.MAX_INSTANCES)) {
            authorities.add(authority(authority));
        }
        return authorities;
    }

    private static CertificateAuthority authority(JsonFields fields) throws FormatException {
        String organization = "";
        String commonName = "";
        Optional<JsonFields> subject = fields.optionalObject("subject");
        if (subject.isPresent()) {
            organization = subject.get().text("organization").orElse("");
            commonName = subject.get().text("commonName").orElse("");
            subject.get().end();
        }
        String uri = fields.text("uri").orElse("");
        List<Bytes> chain = ProtobufParts.certificates(fields.object("certChain"), CertificateAuthority.MAX_CHAIN);
        Optional<JsonFields> window = fields.optionalObject("validFor");
        ValidityWindow validFor = window.isPresent() ? ProtobufTime.window(window.get()) : ValidityWindow.ALWAYS;
        String operator = fields.text("operator").orElse("");
        fields.end();
        return new CertificateAuthority(organization, commonName, uri, chain, validFor, operator);
    }

    /// Writes a trusted root, indented.
    public static Bytes write(TrustedRoot root) {
        var out = JsonText.object().put("mediaType", MEDIA_TYPE);
        ProtobufParts.putArray(out, "tlogs", root.transparencyLogs().stream().map(TrustedRootCodec::write).toList());
        ProtobufParts.putArray(out, "certificateAuthorities", root.certificateAuthorities().stream().map(TrustedRootCodec::write).toList());
        ProtobufParts.putArray(out, "ctlogs", root.certificateTransparencyLogs().stream().map(TrustedRootCodec::write).toList());
        ProtobufParts.putArray(out, "timestampAuthorities", root.timestampAuthorities().stream().map(TrustedRootCodec::write).toList());
        return JsonText.pretty(out.build());
    }

    private static JsonValue write(TransparencyLogInstance log) {
        var key = JsonText.object().put("rawBytes", log.publicKey().rawBytes().toBase64());
        if (log.publicKey().details() != KeyDetails.PUBLIC_KEY_DETAILS_UNSPECIFIED) {
            key.put("keyDetails", log.publicKey().details().name());
        }
        key.put("validFor", ProtobufTime.window(log.publicKey().validFor()));
        var fields = JsonText.object();
        ProtobufParts.putText(fields, "baseUrl", log.baseUrl());
        fields.put("hashAlgorithm", log.hashAlgorithm().sigstoreName()).put("publicKey", key.build());
        putId(fields, "logId", log.logId());
        putId(fields, "checkpointKeyId", log.checkpointKeyId());
        ProtobufParts.putText(fields, "operator", log.operator());
        return fields.build();
    }

    private static void putId(JsonText.ObjectBuilder fields, String name, Bytes id) {
        if (!id.isEmpty()) {
            fields.put(name, JsonText.object().put(KEY_ID, id.toBase64()).build());
        }
    }

    private static JsonValue write(CertificateAuthority authority) {
        var subject = JsonText.object();
        ProtobufParts.putText(subject, "organization", authority.organization());
        ProtobufParts.putText(subject, "commonName", authority.commonName());
        var fields = JsonText.object().put("subject", subject.build());
        ProtobufParts.putText(fields, "uri", authority.uri());
        fields.put("certChain", ProtobufParts.certificates(authority.chain()));
        if (!authority.validFor().equals(ValidityWindow.ALWAYS)) {
            fields.put("validFor", ProtobufTime.window(authority.validFor()));
        }
        ProtobufParts.putText(fields, "operator", authority.operator());
        return fields.build();
    }
}
