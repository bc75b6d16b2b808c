package dev.chancery.formats.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.pipeline.PipelineConfiguration;
import dev.chancery.domain.pipeline.SigningRule;
import dev.chancery.domain.pipeline.SigningRule.Services;
import dev.chancery.domain.pipeline.VerificationRule;
import dev.chancery.domain.policy.TextRule;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.JsonValue.JsonObject;
import dev.chancery.formats.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// docs/pipelines.md and `docs/schemas/pipeline.v1.json`, rule by rule.
class PipelineCodecTest {
    private static PipelineConfiguration read(String yaml) throws FormatException {
        return PipelineCodec.read(Bytes.ofUtf8(yaml));
    }

    @Test
    void eachModeIsRead() throws Exception {
        PipelineConfiguration read = read("""
                name: whatever else a project's file holds
                artifacts:
                  signing:
                    mode: keyless
                    signingConfig: sc.json
                    trustedRoot: tr.json
                    environments:
                      local: {mode: "off"}
                      release: {mode: key, key: awskms:///alias/release}
                  verification:
                    mode: keyless
                    identity: {name: {regexp: 'https://example\\.com/.*'}, issuer: https://issuer.example.com}
                    trustedRoot: tr.json
                    requiredAttestations: [https://slsa.dev/provenance/v1]
                    environments:
                      local: {mode: "off"}
                      release: {mode: key, key: release.pub, policy: release.yaml}
                      other: {policy: other.yaml}
                """);
        var signing = read.signing().orElseThrow();
        assertEquals(new SigningRule.Keyless(new Services("sc.json", "tr.json")), signing.usual());
        assertEquals(Optional.of(new SigningRule.Off()), signing.in("local"));
        assertEquals(Optional.of(new SigningRule.WithKey("awskms:///alias/release", null)), signing.in("release"));
        assertEquals(Optional.empty(), signing.in("relaese"));
        var verification = read.verification().orElseThrow();
        assertEquals(new VerificationRule.Wanted(new VerificationRule.Identity(new TextRule.Regexp("https://example\\.com/.*"),
                new TextRule.Exact("https://issuer.example.com")), List.of("https://slsa.dev/provenance/v1"), null, "tr.json"), verification.usual());
        assertEquals(Optional.of(new VerificationRule.Off()), verification.in("local"));
        assertEquals(Optional.of(new VerificationRule.Wanted(new VerificationRule.KeyFile("release.pub"), List.of(), "release.yaml", null)), verification.in("release"));
        assertEquals(Optional.of(new VerificationRule.Wanted(null, List.of(), "other.yaml", null)), verification.in("other"));
    }

    @Test
    void aSectionWithoutEnvironmentsIsForAllOfThem() throws Exception {
        assertEquals(Optional.of(new SigningRule.Off()), read("artifacts: {signing: {mode: \"off\"}}").signing().orElseThrow().in("any"));
    }

    /// Each row: what is wrong, the code, and what the message says of the place.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "name: a|FIELD_MISSING|artifacts",
        "artifacts: {signing: {mode: never}}|FIELD_INVALID|artifacts.signing.mode (line 1, column 23): expected key, keyless or off",
        "artifacts: {signing: {mode: key}}|FIELD_MISSING|artifacts.signing.key",
        "artifacts: {signing: {mode: keyless}}|FIELD_MISSING|artifacts.signing.signingConfig",
        "artifacts: {signing: {mode: key, key: a, signingConfig: b}}|FIELD_MISSING|artifacts.signing.trustedRoot",
        "artifacts: {signing: {mode: keyless, key: a, signingConfig: b, trustedRoot: c}}|FIELD_INVALID|artifacts.signing.key (line 1, column 38)",
        "artifacts: {signing: {mode: \"off\", key: a}}|FIELD_INVALID|artifacts.signing.key",
        "artifacts: {signing: {mode: key, key: \"\"}}|FIELD_MISSING|artifacts.signing.key",
        "artifacts: {signing: {mode: key, key: a, environments: {}}}|FIELD_MISSING|artifacts.signing.environments",
        "artifacts: {signing: {mode: key, key: a, environments: {a b: {mode: key, key: a}}}}|FIELD_INVALID|artifacts.signing.environments.a b",
        "artifacts: {signing: {mode: key, key: a, environments: {a: {key: a}}}}|FIELD_MISSING|artifacts.signing.environments.a.mode",
        "artifacts: {verification: {key: a}}|FIELD_MISSING|artifacts.verification.mode",
        "artifacts: {verification: {mode: key}}|FIELD_MISSING|artifacts.verification.key",
        "artifacts: {verification: {mode: keyless, identity: {name: a, issuer: b}}}|FIELD_MISSING|artifacts.verification.trustedRoot",
        "artifacts: {verification: {mode: keyless, trustedRoot: a}}|FIELD_MISSING|artifacts.verification.identity",
        "artifacts: {verification: {mode: key, key: a, identity: {name: a, issuer: b}}}|FIELD_INVALID|artifacts.verification.identity",
        "artifacts: {verification: {mode: \"off\", policy: a}}|FIELD_INVALID|artifacts.verification.policy",
        "artifacts: {verification: {policy: a, requiredAttestations: [b]}}|FIELD_INVALID|artifacts.verification.requiredAttestations",
        "artifacts: {verification: {mode: key, key: a, requiredAttestations: [b, b]}}|FIELD_INVALID|artifacts.verification.requiredAttestations[1]"})
    void whatCannotBeMeantIsRefusedWithItsPlace(String yaml, ErrorCode code, String place) {
        String why = Refusal.expect(code, () -> read(yaml));
        assertTrue(why.contains(place), why);
    }

    /// Each row: where the schema has an object, and a file with an unknown field in it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "artifacts|artifacts: {zzz: 1}",
        "signing|artifacts: {signing: {mode: key, key: a, zzz: 1}}",
        "signingRule|artifacts: {signing: {mode: key, key: a, environments: {e: {mode: key, key: a, zzz: 1}}}}",
        "verification|artifacts: {verification: {mode: key, key: a, zzz: 1}}",
        "verificationRule|artifacts: {verification: {mode: key, key: a, environments: {e: {mode: key, key: a, zzz: 1}}}}",
        "identity|artifacts: {verification: {mode: keyless, trustedRoot: a, identity: {name: a, issuer: a, zzz: 1}}}"})
    void unknownFieldsAreRefusedAndTheSchemaHasTheReadersFields(String definition, String yaml) throws IOException, FormatException {
        String why = Refusal.expect(ErrorCode.FIELD_UNKNOWN, () -> read(yaml));
        assertTrue(why.contains("zzz (line 1, column "), why);
        Set<String> known = Set.of(why.substring(why.indexOf("only ") + 5, why.indexOf(", found")).split(", "));
        byte[] file = Files.readAllBytes(Path.of(System.getProperty("chancery.root"), "docs", "schemas", "pipeline.v1.json"));
        JsonValue object = member(member(StrictJson.parse(Bytes.copyOf(file), 1 << 20), "$defs"), definition);
        assertEquals(new TreeSet<>(assertInstanceOf(JsonObject.class, member(object, "properties")).members().keySet()), new TreeSet<>(known));
        assertEquals(new JsonValue.JsonBoolean(false), member(object, "additionalProperties"));
    }

    private static JsonValue member(JsonValue object, String name) {
        return Objects.requireNonNull(assertInstanceOf(JsonObject.class, object).members().get(name), name);
    }
}
