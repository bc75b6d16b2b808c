package dev.chancery.formats.pipeline;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.pipeline.PipelineConfiguration;
import dev.chancery.domain.pipeline.Section;
import dev.chancery.domain.pipeline.SigningRule;
import dev.chancery.domain.pipeline.SigningRule.Services;
import dev.chancery.domain.pipeline.VerificationRule;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.policy.TextRuleCodec;
import dev.chancery.formats.yaml.StrictYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what a project's file says about its artifacts. The file may hold whatever else; in `artifacts` unknown fields are refused, and each message
/// names line and column.
public final class PipelineCodec {
    private static final int LONGEST_NAME = 64;

    private PipelineCodec() {}

    /// Reads a file.
    ///
    /// @param yaml at most [PipelineConfiguration#MAX_LENGTH]
    /// @throws FormatException when it isn't YAML, has no `artifacts`, or says there what can't be
    public static PipelineConfiguration read(Bytes yaml) throws FormatException {
        JsonFields file = StrictYaml.parse(yaml, PipelineConfiguration.MAX_LENGTH).fields();
        JsonFields artifacts = file.object("artifacts");
        Optional<JsonFields> signing = artifacts.optionalObject("signing");
        Optional<JsonFields> verification = artifacts.optionalObject("verification");
        artifacts.end();
        return new PipelineConfiguration(HashAlgorithm.SHA_256.digest(yaml),
                signing.isPresent() ? section(signing.get(), PipelineCodec::signing) : null,
                verification.isPresent() ? section(verification.get(), PipelineCodec::verification) : null);
    }

    /// Reads one rule.
    @FunctionalInterface
    private interface Reader<T> {
        T read(JsonFields fields) throws FormatException;
    }

    private static <T> Section<T> section(JsonFields fields, Reader<T> reader) throws FormatException {
        Optional<JsonFields> named = fields.optionalObject("environments");
        T usual = reader.read(fields);
        Map<String, T> environments = new LinkedHashMap<>();
        if (named.isPresent()) {
            Map<String, JsonFields> members = named.get().named();
            if (members.isEmpty()) {
                throw FormatException.fieldMissing(named.get().path(), "at least one member");
            }
            if (members.size() > Section.MAX_ENVIRONMENTS) {
                throw FormatException.tooLarge(named.get().path(), "members", members.size(), Section.MAX_ENVIRONMENTS);
            }
            for (Map.Entry<String, JsonFields> each : members.entrySet()) {
                if (!each.getKey().matches("[A-Za-z0-9._-]{1," + LONGEST_NAME + "}")) {
                    throw FormatException.fieldInvalid(named.get().at(each.getKey()),
                            "a name of up to " + LONGEST_NAME + " letters, digits, dots, dashes and underscores", FormatException.quoted(each.getKey()));
                }
                environments.put(each.getKey(), reader.read(each.getValue()));
            }
        }
        return new Section<>(usual, environments);
    }

    private static SigningRule signing(JsonFields fields) throws FormatException {
        String mode = fields.requiredText("mode");
        Optional<String> key = path(fields, "key");
        Optional<String> signingConfig = path(fields, "signingConfig");
        Optional<String> trustedRoot = path(fields, "trustedRoot");
        fields.end();
        if (signingConfig.isPresent() != trustedRoot.isPresent()) {
            throw FormatException.fieldMissing(fields.at(signingConfig.isPresent() ? "trustedRoot" : "signingConfig"),
                    "a path: signingConfig and trustedRoot go together");
        }
        @Nullable Services services = signingConfig.isPresent() ? new Services(signingConfig.get(), trustedRoot.orElseThrow()) : null;
        return switch (mode) {
            case "off" -> {
                refuse(fields, "key", key);
                refuse(fields, "signingConfig", signingConfig);
                yield new SigningRule.Off();
            }
            case "key" -> new SigningRule.WithKey(key.orElseThrow(() -> FormatException.fieldMissing(fields.at("key"), "a path or a key's URI")), services);
            case "keyless" -> {
                refuse(fields, "key", key);
                if (services == null) {
                    throw FormatException.fieldMissing(fields.at("signingConfig"), "a path: certificates are issued by a service");
                }
                yield new SigningRule.Keyless(services);
            }
            default -> throw unknownMode(fields, mode);
        };
    }

    private static VerificationRule verification(JsonFields fields) throws FormatException {
        Optional<String> mode = fields.text("mode");
        Optional<String> key = path(fields, "key");
        Optional<JsonFields> identity = fields.optionalObject("identity");
        Optional<String> trustedRoot = path(fields, "trustedRoot");
        Optional<String> policy = path(fields, "policy");
        List<String> attestations = attestations(fields);
        fields.end();
        VerificationRule.Signer signer = null;
        switch (mode.orElse("")) {
            case "" -> {
                if (policy.isEmpty()) {
                    throw FormatException.fieldMissing(fields.at("mode"), "key, keyless or off; or a policy");
                }
                refuse(fields, "requiredAttestations", attestations.stream().findFirst());
            }
            case "off" -> {
                refuse(fields, "key", key);
                refuse(fields, "identity", identity);
                refuse(fields, "trustedRoot", trustedRoot);
                refuse(fields, "policy", policy);
                refuse(fields, "requiredAttestations", attestations.stream().findFirst());
                return new VerificationRule.Off();
            }
            case "key" -> signer = new VerificationRule.KeyFile(key.orElseThrow(() -> FormatException.fieldMissing(fields.at("key"), "a public key's path")));
            case "keyless" -> {
                JsonFields words = identity.orElseThrow(() -> FormatException.fieldMissing(fields.at("identity"), "an object with name and issuer"));
                signer = new VerificationRule.Identity(TextRuleCodec.read(words, "name"), TextRuleCodec.read(words, "issuer"));
                words.end();
                if (trustedRoot.isEmpty()) {
                    throw FormatException.fieldMissing(fields.at("trustedRoot"), "a path: certificates are by authorities");
                }
            }
            default -> throw unknownMode(fields, mode.orElseThrow());
        }
        if (!(signer instanceof VerificationRule.KeyFile)) {
            refuse(fields, "key", key);
        }
        if (!(signer instanceof VerificationRule.Identity)) {
            refuse(fields, "identity", identity);
        }
        return new VerificationRule.Wanted(signer, attestations, policy.orElse(null), trustedRoot.orElse(null));
    }

    private static List<String> attestations(JsonFields fields) throws FormatException {
        List<JsonValue> elements = fields.array("requiredAttestations");
        if (elements.size() > VerificationRule.Wanted.MAX_ATTESTATIONS) {
            throw FormatException.tooLarge(fields.at("requiredAttestations"), "elements", elements.size(), VerificationRule.Wanted.MAX_ATTESTATIONS);
        }
        List<String> types = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (!(elements.get(i) instanceof JsonValue.JsonString(String type)) || type.isEmpty()) {
                throw FormatException.fieldInvalid(fields.at("requiredAttestations", i), "a predicate type", elements.get(i).kind());
            }
            if (types.contains(type)) {
                throw FormatException.fieldInvalid(fields.at("requiredAttestations", i), "each type once", FormatException.quoted(type) + " again");
            }
            types.add(type);
        }
        return types;
    }

    private static Optional<String> path(JsonFields fields, String name) throws FormatException {
        Optional<String> text = fields.text(name);
        if (text.isPresent() && text.get().isEmpty()) {
            throw FormatException.fieldMissing(fields.at(name), "at least one character");
        }
        return text;
    }

    /// What is given and would not be looked at is refused: whoever wrote it means something by it.
    private static void refuse(JsonFields fields, String name, Optional<?> given) throws FormatException {
        if (given.isPresent()) {
            throw FormatException.fieldInvalid(fields.at(name), "nothing in this mode", "this");
        }
    }

    private static FormatException unknownMode(JsonFields fields, String mode) {
        return FormatException.fieldInvalid(fields.at("mode"), "key, keyless or off", FormatException.quoted(mode));
    }
}
