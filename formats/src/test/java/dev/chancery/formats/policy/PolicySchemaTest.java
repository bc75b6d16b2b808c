package dev.chancery.formats.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import dev.chancery.formats.json.JsonValue.JsonObject;
import dev.chancery.formats.json.JsonValue.JsonString;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `docs/schemas/policy.v1.json` names the fields that the reader knows, and no others.
class PolicySchemaTest {
    private static final String SIGNERS = "policy: chancery.dev/v1\nsigners: ";
    private static final String HEAD = SIGNERS + "{a: {keyId: " + "ab".repeat(32) + "}}\n";
    private static final String ROLES = HEAD + "roles: {r: {threshold: 1, signers: [a]}}\n";

    private static JsonObject schema() throws IOException, FormatException {
        byte[] file = Files.readAllBytes(Path.of(System.getProperty("chancery.root"), "docs", "schemas", "policy.v1.json"));
        return assertInstanceOf(JsonObject.class, StrictJson.parse(Bytes.copyOf(file), 1 << 20));
    }

    private static JsonValue member(JsonValue object, String name) {
        return Objects.requireNonNull(assertInstanceOf(JsonObject.class, object).members().get(name), name);
    }

    /// Each row: where the schema has an object, and a policy with an unknown field `zzz` in it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "|{a: {keyId: KEYID}}^roles: {r: {threshold: 1, signers: [a]}}^require: [{signatureBy: r}]^zzz: 1",
        "signer|{a: {keyId: KEYID, zzz: 1}}", "identity|{a: {identity: {name: a, issuer: a, zzz: 1}}}",
        "securityKey|{a: {securityKey: {key: \"-----BEGIN PUBLIC KEY-----\\nMAA=\\n-----END PUBLIC KEY-----\", rpId: example.com, zzz: 1}}}",
        "registration|{a: {securityKey: {key: \"-----BEGIN PUBLIC KEY-----\\nMAA=\\n-----END PUBLIC KEY-----\", rpId: example.com, registration: {attestationObject: oA==, clientDataJSON: e30=, zzz: 1}}}}",
        "claims|{a: {identity: {name: a, issuer: a, claims: {zzz: 1}}}}",
        "authority|{a: {authority: {name: a, certificates: \"-----BEGIN CERTIFICATE-----\\nMAA=\\n-----END CERTIFICATE-----\", zzz: 1}}}",
        "role|{a: {keyId: KEYID}}^roles: {r: {threshold: 1, signers: [a], zzz: 1}}",
        "demand|{a: {keyId: KEYID}}^roles: {r: {threshold: 1, signers: [a]}}^require: [{attestationBy: r, predicateType: a, zzz: 1}]",
        "condition|{a: {keyId: KEYID}}^roles: {r: {threshold: 1, signers: [a]}}^require: [{attestationBy: r, predicateType: a, conditions: [{name: a, cel: a, zzz: 1}]}]",
        "evidence|{a: {keyId: KEYID}}^roles: {r: {threshold: 1, signers: [a]}}^require: [{signatureBy: r}]^evidence: {zzz: 1}"})
    void eachObjectHasTheReadersFields(String definition, String policy) throws IOException, FormatException {
        JsonValue object = definition == null ? schema() : member(member(schema(), "$defs"), definition);
        String yaml = (SIGNERS + policy).replace("KEYID", "ab".repeat(32)).replace("^", "\n");
        String why = Refusal.expect(ErrorCode.FIELD_UNKNOWN, () -> PolicyCodec.read(Bytes.ofUtf8(yaml)));
        Set<String> known = Set.of(why.substring(why.indexOf("only ") + 5, why.indexOf(", found")).split(", "));
        assertEquals(new TreeSet<>(assertInstanceOf(JsonObject.class, member(object, "properties")).members().keySet()), new TreeSet<>(known));
        assertEquals(new JsonValue.JsonBoolean(false), member(object, "additionalProperties"));
    }

    @Test
    void itNamesEveryAlgorithm() throws IOException, FormatException {
        JsonValue names = member(member(member(member(schema(), "properties"), "algorithms"), "items"), "enum");
        assertEquals(Arrays.stream(SignatureAlgorithm.values()).<JsonValue>map(algorithm -> new JsonString(algorithm.cliName())).toList(),
                assertInstanceOf(JsonValue.JsonArray.class, names).elements());
    }

    @Test
    void theVersionIsTheReaders() throws IOException, FormatException {
        assertEquals(new JsonString("chancery.dev/v1"), member(member(member(schema(), "properties"), "policy"), "const"));
        assertEquals(1, PolicyCodec.read(Bytes.ofUtf8(ROLES + "require: [{signatureBy: r}]")).demands().size());
        assertEquals(List.of("policy", "signers", "roles", "require"), assertInstanceOf(JsonValue.JsonArray.class, member(schema(), "required")).elements()
                .stream().map(each -> assertInstanceOf(JsonString.class, each).value()).toList());
    }
}
