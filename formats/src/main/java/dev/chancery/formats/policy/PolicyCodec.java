package dev.chancery.formats.policy;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.EvidenceDemand;
import dev.chancery.domain.policy.PolicySigner;
import dev.chancery.domain.policy.RevocationDemand;
import dev.chancery.domain.policy.Role;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.yaml.StrictYaml;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads policies (docs/policy.md). JSON is read as the YAML that it is. Unknown fields are refused, and each message names line and column.
public final class PolicyCodec {
    private static final String VERSION = "chancery.dev/v1";

    private PolicyCodec() {}

    /// Reads a policy. Keys aren't decoded here, nor expressions compiled.
    ///
    /// @param yaml at most [VerificationPolicy#MAX_LENGTH]
    /// @throws FormatException when it isn't one, demands nothing, or names what there is not
    public static VerificationPolicy read(Bytes yaml) throws FormatException {
        JsonFields fields = StrictYaml.parse(yaml, VerificationPolicy.MAX_LENGTH).fields();
        String version = fields.requiredText("policy");
        if (!version.equals(VERSION)) {
            throw FormatException.mediaTypeUnsupported(fields.at("policy"), VERSION, FormatException.quoted(version));
        }
        Map<String, PolicySigner> signers = signers(fields);
        Map<String, Role> roles = roles(fields, signers);
        List<Demand> demands = demands(fields, roles.keySet());
        EvidenceDemand evidence = evidence(fields);
        Set<SignatureAlgorithm> algorithms = RoleCodec.algorithms(fields);
        fields.end();
        return new VerificationPolicy(HashAlgorithm.SHA_256.digest(yaml), signers, roles, demands, evidence, algorithms);
    }

    private static Map<String, PolicySigner> signers(JsonFields policy) throws FormatException {
        Map<String, PolicySigner> signers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonFields> each : named(policy, "signers", VerificationPolicy.MAX_SIGNERS).entrySet()) {
            signers.put(each.getKey(), SignerCodec.read(each.getKey(), each.getValue()));
        }
        return signers;
    }

    private static Map<String, Role> roles(JsonFields policy, Map<String, PolicySigner> signers) throws FormatException {
        Map<String, Role> roles = new LinkedHashMap<>();
        for (Map.Entry<String, JsonFields> each : named(policy, "roles", VerificationPolicy.MAX_ROLES).entrySet()) {
            roles.put(each.getKey(), RoleCodec.read(each.getValue(), signers));
        }
        return roles;
    }

    private static Map<String, JsonFields> named(JsonFields policy, String name, int limit) throws FormatException {
        JsonFields object = policy.object(name);
        Map<String, JsonFields> members = object.named();
        if (members.isEmpty()) {
            throw FormatException.fieldMissing(object.path(), "at least one member");
        }
        if (members.size() > limit) {
            throw FormatException.tooLarge(object.path(), "members", members.size(), limit);
        }
        for (String member : members.keySet()) {
            if (!isName(member)) {
                throw FormatException.fieldInvalid(object.at(member),
                        "a name of up to 64 letters, digits, dots, dashes and underscores", FormatException.quoted(member));
            }
        }
        return members;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= 64 && text.chars().allMatch(c ->
                c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_');
    }

    static List<String> texts(JsonFields fields, String name, int limit) throws FormatException {
        List<JsonValue> elements = fields.array(name);
        if (elements.isEmpty()) {
            throw FormatException.fieldMissing(fields.at(name), "at least one element");
        }
        if (elements.size() > limit) {
            throw FormatException.tooLarge(fields.at(name), "elements", elements.size(), limit);
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue element : elements) {
            if (!(element instanceof JsonValue.JsonString(String text))) {
                throw FormatException.fieldInvalid(fields.at(name, texts.size()), "a string", element.kind());
            }
            texts.add(text);
        }
        return texts;
    }

    private static List<Demand> demands(JsonFields policy, Set<String> roles) throws FormatException {
        List<Demand> demands = new ArrayList<>();
        for (JsonFields each : policy.objects("require", VerificationPolicy.MAX_DEMANDS)) {
            demands.add(demand(each, roles));
        }
        if (demands.isEmpty()) {
            throw FormatException.fieldMissing(policy.at("require"), "at least one demand: a policy without any would accept everything");
        }
        return demands;
    }

    private static Demand demand(JsonFields fields, Set<String> roles) throws FormatException {
        Optional<String> signature = fields.text("signatureBy");
        Optional<String> attestation = fields.text("attestationBy");
        if (signature.isPresent() == attestation.isPresent()) {
            throw FormatException.fieldInvalid(fields.path(), "exactly one of signatureBy and attestationBy", signature.isPresent() ? "both" : "neither");
        }
        String role = signature.or(() -> attestation).orElseThrow();
        if (!roles.contains(role)) {
            throw FormatException.fieldInvalid(fields.at(signature.isPresent() ? "signatureBy" : "attestationBy"), "the name of a role of this policy",
                    FormatException.quoted(role));
        }
        Demand demand = signature.isPresent() ? new Demand.Signature(role) : attestation(fields, role);
        fields.end();
        return demand;
    }

    private static Demand attestation(JsonFields fields, String role) throws FormatException {
        String predicateType = fields.requiredText("predicateType");
        if (predicateType.isEmpty()) {
            throw FormatException.fieldMissing(fields.at("predicateType"), "a URI");
        }
        List<Demand.Condition> conditions = new ArrayList<>();
        for (JsonFields each : fields.objects("conditions", Demand.Attestation.MAX_CONDITIONS)) {
            conditions.add(condition(each));
        }
        return new Demand.Attestation(role, predicateType, conditions, age(fields));
    }

    private static Demand.Condition condition(JsonFields fields) throws FormatException {
        String name = fields.requiredText("name");
        String expression = fields.requiredText("cel");
        fields.end();
        if (!isName(name)) {
            throw FormatException.fieldInvalid(fields.at("name"), "a name of up to 64 letters, digits, dots, dashes and underscores", FormatException.quoted(name));
        }
        if (expression.isBlank()) {
            throw FormatException.fieldMissing(fields.at("cel"), "an expression in CEL");
        }
        if (expression.length() > Demand.Condition.MAX_LENGTH) {
            throw FormatException.tooLarge(fields.at("cel"), "characters", expression.length(), Demand.Condition.MAX_LENGTH);
        }
        return new Demand.Condition(name, expression);
    }

    private static @Nullable Duration age(JsonFields fields) throws FormatException {
        Optional<String> text = fields.text("maximumAge");
        if (text.isEmpty()) {
            return null;
        }
        try {
            Duration age = Duration.parse(text.get());
            if (!age.isNegative() && !age.isZero()) {
                return age;
            }
        } catch (DateTimeParseException e) {
            // falls through to the one refusal
        }
        throw FormatException.fieldInvalid(fields.at("maximumAge"), "a positive duration such as P90D or PT12H", FormatException.quoted(text.get()));
    }

    private static EvidenceDemand evidence(JsonFields policy) throws FormatException {
        Optional<JsonFields> fields = policy.optionalObject("evidence");
        if (fields.isEmpty()) {
            return EvidenceDemand.USUAL;
        }
        EvidenceDemand evidence = new EvidenceDemand(count(fields.get(), "logEntries"), count(fields.get(), "times"),
                count(fields.get(), "certificateTimestamps"), revocation(fields.get()));
        fields.get().end();
        return evidence;
    }

    private static @Nullable RevocationDemand revocation(JsonFields fields) throws FormatException {
        Optional<String> label = fields.text("revocation");
        if (label.isEmpty()) {
            return null;
        }
        return RevocationDemand.ofLabel(label.get()).orElseThrow(() ->
                FormatException.fieldInvalid(fields.at("revocation"), "one of required, when-available, off", FormatException.quoted(label.get())));
    }

    private static @Nullable Integer count(JsonFields fields, String name) throws FormatException {
        Optional<JsonValue> value = fields.take(name);
        if (value.isEmpty()) {
            return null;
        }
        long number = value.get() instanceof JsonValue.JsonNumber ? fields.int64(name) : -1;
        if (number < 0 || number > EvidenceDemand.MOST) {
            throw FormatException.fieldInvalid(fields.at(name), "a number from 0 to " + EvidenceDemand.MOST,
                    value.get() instanceof JsonValue.JsonNumber(String text) ? text : value.get().kind());
        }
        return (int) number;
    }
}
