package dev.chancery.formats.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.trust.Service;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.domain.trust.ServiceGroup.Selection;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads and writes signing configurations of version 0.2 (protobuf-specs v0.5, sigstore_trustroot.proto, SigningConfig) in the JSON
/// mapping of protocol buffers, as [BundleCodec] does it. Version 0.1 had other fields; cosign and sigstore-go don't read it either.
public final class SigningConfigCodec {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.signingconfig.v0.2+json";
    private static final List<String> SELECTORS = List.of("SERVICE_SELECTOR_UNDEFINED", "ALL", "ANY", "EXACT");
    private static final long MAX_UINT32 = 0xffff_ffffL;

    private SigningConfigCodec() {}

    /// Reads a signing configuration.
    ///
    /// @param json at most [SigningConfig#MAX_LENGTH]
    /// @throws FormatException when it isn't one, or is over a limit
    public static SigningConfig read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.ofProtobuf(StrictJson.parse(json, SigningConfig.MAX_LENGTH), "");
        String mediaType = fields.requiredText("mediaType");
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw FormatException.mediaTypeUnsupported("mediaType", "a signing configuration of version 0.2", FormatException.quoted(mediaType));
        }
        SigningConfig config = new SigningConfig(services(fields, "caUrls"), services(fields, "oidcUrls"),
                group(fields, "rekorTlogUrls", "rekorTlogConfig"), group(fields, "tsaUrls", "tsaConfig"));
        fields.end();
        return config;
    }

    private static List<Service> services(JsonFields fields, String name) throws FormatException {
        List<Service> services = new ArrayList<>();
        for (JsonFields service : fields.objects(name, SigningConfig.MAX_SERVICES)) {
            services.add(service(service));
        }
        return services;
    }

    private static Service service(JsonFields fields) throws FormatException {
        String url = url(fields.requiredText("url"), fields.at("url"));
        long version = uint32(fields, "majorApiVersion");
        ValidityWindow validFor = ProtobufTime.window(fields.object("validFor"));
        String operator = fields.requiredText("operator");
        fields.end();
        if (operator.isEmpty()) {
            throw FormatException.fieldMissing(fields.at("operator"), "at least one character");
        }
        return new Service(url, version, validFor, operator);
    }

    private static String url(String text, String place) throws FormatException {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                return text;
            }
        } catch (URISyntaxException e) {
            // falls through to the one refusal
        }
        throw FormatException.fieldInvalid(place, "an http or https URL with a host", FormatException.quoted(text));
    }

    private static ServiceGroup group(JsonFields fields, String servicesName, String configName) throws FormatException {
        List<Service> services = services(fields, servicesName);
        Optional<JsonFields> config = fields.optionalObject(configName);
        Selection selection = new Selection.None();
        if (config.isPresent()) {
            selection = selection(config.get(), services.size());
            config.get().end();
        }
        if (selection instanceof Selection.None) {
            if (!services.isEmpty()) {
                throw FormatException.fieldMissing(fields.at(configName) + ".selector", "ALL, ANY or EXACT");
            }
            return ServiceGroup.NONE;
        }
        return new ServiceGroup(services, selection);
    }

    private static Selection selection(JsonFields fields, int services) throws FormatException {
        String selector = fields.enumeration("selector", SELECTORS);
        long count = uint32(fields, "count");
        return switch (selector) {
            case "ALL" -> new Selection.All();
            case "ANY" -> new Selection.Any();
            case "EXACT" -> {
                if (count < 1 || count > services) {
                    throw FormatException.fieldInvalid(fields.at("count"), "a number from 1 to that of the services, " + services, Long.toString(count));
                }
                yield new Selection.Exactly((int) count);
            }
            default -> new Selection.None();
        };
    }

    private static long uint32(JsonFields fields, String name) throws FormatException {
        long value = fields.int64(name);
        if (value < 0 || value > MAX_UINT32) {
            throw FormatException.fieldInvalid(fields.at(name), "a whole number of 32 bits, not negative", Long.toString(value));
        }
        return value;
    }

    /// Writes a signing configuration, indented.
    public static Bytes write(SigningConfig config) {
        var out = JsonText.object().put("mediaType", MEDIA_TYPE);
        putServices(out, "caUrls", config.certificateAuthorities());
        putServices(out, "oidcUrls", config.identityProviders());
        putServices(out, "rekorTlogUrls", config.transparencyLogs().services());
        out.put("rekorTlogConfig", write(config.transparencyLogs().selection()));
        putServices(out, "tsaUrls", config.timestampAuthorities().services());
        out.put("tsaConfig", write(config.timestampAuthorities().selection()));
        return JsonText.pretty(out.build());
    }

    private static void putServices(JsonText.ObjectBuilder out, String name, List<Service> services) {
        ProtobufParts.putArray(out, name, services.stream().map(SigningConfigCodec::write).toList());
    }

    private static JsonValue write(Service service) {
        var fields = JsonText.object().put("url", service.url());
        if (service.majorApiVersion() != 0) {
            fields.put("majorApiVersion", service.majorApiVersion());
        }
        return fields.put("validFor", ProtobufTime.window(service.validFor())).put("operator", service.operator()).build();
    }

    private static JsonValue write(Selection selection) {
        return switch (selection) {
            case Selection.All _ -> JsonText.object().put("selector", "ALL").build();
            case Selection.Any _ -> JsonText.object().put("selector", "ANY").build();
            case Selection.Exactly(int count) -> JsonText.object().put("selector", "EXACT").put("count", count).build();
            case Selection.None _ -> JsonText.object().build();
        };
    }
}
