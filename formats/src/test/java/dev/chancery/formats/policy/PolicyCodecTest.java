package dev.chancery.formats.policy;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.FulcioClaim;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.EvidenceDemand;
import dev.chancery.domain.policy.PolicySigner.Proof;
import dev.chancery.domain.policy.PolicySigner;
import dev.chancery.domain.policy.Role;
import dev.chancery.domain.policy.TextRule;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.webauthn.Enrolment;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import dev.chancery.formats.Seed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCodecTest {
    private static final String HEX = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n";
    private static final String POLICY = """
            policy: chancery.dev/v1
            signers:
              alice:
                person: alice@example.com
                key: |
                  -----BEGIN PUBLIC KEY-----
                  MAA=
                  -----END PUBLIC KEY-----
              spare: {person: alice@example.com, keyId: HEX}
              ci:
                identity:
                  name: {regexp: 'https://example\\.com/.*'}
                  issuer: https://issuer.example
                  claims:
                    sourceRepositoryUri: https://example.com/app
                    runnerEnvironment: {regexp: "github-.*"}
              vendor:
                authority:
                  name: signing@vendor.example
                  certificates: |
                    -----BEGIN CERTIFICATE-----
                    MAA=
                    -----END CERTIFICATE-----
                    -----BEGIN CERTIFICATE-----
                    MAE=
                    -----END CERTIFICATE-----
            roles:
              release: {threshold: 2, signers: [alice, spare, ci]}
              keys: {threshold: 2, signers: [alice, spare], distinct: signer}
            require:
              - signatureBy: release
              - attestationBy: keys
                predicateType: https://slsa.dev/provenance/v1
                maximumAge: P90D
                conditions:
                  - {name: tagged, cel: predicate.ref == "v1"}
            evidence: {logEntries: 1, times: 2}
            algorithms: [ecdsa-p256-sha256, ed25519]
            """.replace("HEX", HEX);

    private static VerificationPolicy read(String yaml) throws FormatException {
        return PolicyCodec.read(Bytes.ofUtf8(yaml));
    }

    private static String edited(String part, String replacement) {
        if (!POLICY.contains(part)) {
            throw new AssertionError("the policy has no " + part);
        }
        return POLICY.replace(part, replacement);
    }

    @Test
    void everyFieldIsReadInItsPlace() throws FormatException {
        VerificationPolicy policy = read(POLICY);
        assertEquals(new VerificationPolicy(HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(POLICY)),
                Map.of("alice", new PolicySigner("alice@example.com", new Proof.Key(PEM)),
                        "spare", new PolicySigner("alice@example.com", new Proof.KeyringEntry(KeyId.fromHex(HEX))),
                        "ci", new PolicySigner("ci", new Proof.Keyless(new TextRule.Regexp("https://example\\.com/.*"),
                                new TextRule.Exact("https://issuer.example"),
                                Map.of(FulcioClaim.SOURCE_REPOSITORY_URI, new TextRule.Exact("https://example.com/app"),
                                        FulcioClaim.RUNNER_ENVIRONMENT, new TextRule.Regexp("github-.*")))),
                        "vendor", new PolicySigner("vendor", new Proof.Authority(List.of(Bytes.fromHex("3000"), Bytes.fromHex("3001")),
                                new TextRule.Exact("signing@vendor.example")))),
                Map.of("release", new Role(2, List.of("alice", "spare", "ci"), Role.Distinct.PERSON),
                        "keys", new Role(2, List.of("alice", "spare"), Role.Distinct.SIGNER)),
                List.of(new Demand.Signature("release"), new Demand.Attestation("keys", "https://slsa.dev/provenance/v1",
                        List.of(new Demand.Condition("tagged", "predicate.ref == \"v1\"")), Duration.ofDays(90))),
                new EvidenceDemand(1, 2, null), Set.of(SignatureAlgorithm.ECDSA_P256_SHA_256, SignatureAlgorithm.ED25519)), policy);
        assertEquals(List.of("alice", "spare", "ci", "vendor"), List.copyOf(policy.signers().keySet()));
    }

    @Test
    void whatIsNotSaidIsAsUsual() throws FormatException {
        VerificationPolicy policy = read(edited("evidence: {logEntries: 1, times: 2}\nalgorithms: [ecdsa-p256-sha256, ed25519]\n", ""));
        assertEquals(EvidenceDemand.USUAL, policy.evidence());
        assertEquals(true, policy.allows(SignatureAlgorithm.ML_DSA_65));
        assertEquals(false, read(POLICY).allows(SignatureAlgorithm.ML_DSA_65));
    }

    @Test
    void jsonIsReadToo() throws FormatException {
        assertEquals(1, read("""
                {"policy": "chancery.dev/v1", "signers": {"a": {"keyId": "%s"}}, "roles": {"r": {"threshold": 1, "signers": ["a"]}},
                 "require": [{"signatureBy": "r"}]}""".formatted(HEX)).demands().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "MEDIA_TYPE_UNSUPPORTED|chancery.dev/v1|chancery.dev/v2", "FIELD_MISSING|policy: chancery.dev/v1|", "FIELD_UNKNOWN|evidence:|evidences:",
        "FIELD_UNKNOWN|person: alice@example.com, keyId|name: alice, keyId", "FIELD_UNKNOWN|claims:|claim:",
        "FIELD_UNKNOWN|sourceRepositoryUri|sourceRepositoryURI", "FIELD_UNKNOWN|threshold: 2, signers: [alice, spare]|treshold: 2, threshold: 2, signers: [alice, spare]",
        "FIELD_UNKNOWN|- signatureBy: release|- {signatureBy: release, predicateType: x}", "FIELD_UNKNOWN|name: tagged|message: x, name: tagged",
        "FIELD_UNKNOWN|times: 2|timestamps: 2", "FIELD_UNKNOWN|{regexp: \"github-.*\"}|{regexp: \"github-.*\", flags: i}",
        "FIELD_INVALID|signers: [alice, spare, ci]|signers: [alice, bob]", "FIELD_INVALID|signers: [alice, spare, ci]|signers: [alice, alice, ci]",
        "FIELD_INVALID|threshold: 2, signers: [alice, spare, ci]|threshold: 3, signers: [alice, spare, ci]",
        "FIELD_INVALID|distinct: signer|distinct: person", "FIELD_INVALID|distinct: signer|distinct: keys",
        "FIELD_INVALID|threshold: 2, signers: [alice, spare]|threshold: 0, signers: [alice, spare]",
        "FIELD_INVALID|threshold: 2, signers: [alice, spare]|threshold: \"2\", signers: [alice, spare]",
        "FIELD_MISSING|threshold: 2, signers: [alice, spare]|signers: [alice, spare]", "FIELD_MISSING|signers: [alice, spare, ci]|signers: []",
        "FIELD_INVALID|signatureBy: release|signatureBy: officers", "FIELD_INVALID|- signatureBy: release|- {}", "FIELD_INVALID|- signatureBy: release|- {signatureBy: keys, attestationBy: keys}",
        "FIELD_MISSING|predicateType: https://slsa.dev/provenance/v1|predicateType: \"\"", "FIELD_INVALID|P90D|90d", "FIELD_INVALID|P90D|PT0S", "FIELD_INVALID|P90D|-P1D",
        "FIELD_INVALID|P90D|P1Y", "FIELD_INVALID|name: tagged|name: \"a b\"", "FIELD_MISSING|cel: predicate.ref == \"v1\"|cel: \" \"",
        "FIELD_INVALID|logEntries: 1|logEntries: -1", "FIELD_INVALID|logEntries: 1|logEntries: 33", "FIELD_INVALID|logEntries: 1|logEntries: \"1\"", "FIELD_INVALID|logEntries: 1|logEntries: 1.5",
        "FIELD_INVALID|ed25519]|rsa]", "FIELD_MISSING|[ecdsa-p256-sha256, ed25519]|[]", "FIELD_INVALID|issuer: https://issuer.example|issuer: 1", "FIELD_MISSING|issuer: https://issuer.example|issuer: \"\"",
        "FIELD_MISSING|issuer: https://issuer.example|", "FIELD_MISSING|regexp: \"github-.*\"|", "FIELD_MISSING|\"github-.*\"|\"\"", "FIELD_INVALID|spare: {|spare: {key: x, ",
        "FIELD_INVALID|PUBLIC KEY|CERTIFICATE", "FIELD_INVALID|PUBLIC KEY|PRIVATE KEY", "FIELD_INVALID|BEGIN CERTIFICATE|BEGIN X509", "BASE64_MALFORMED|MAE=|MAE",
        "FIELD_MISSING|person: alice@example.com, |person: \" \", ", "JSON_DUPLICATE|  spare:|  alice:", "FIELD_INVALID|  spare:|  \"a b\":", "YAML_NOT_JSON|evidence: {logEntries: 1, times: 2}|evidence:",
        "YAML_NOT_JSON|threshold: 2, signers: [alice, spare]|threshold: *x, signers: [alice, spare]"})
    void eachDefectIsRefusedWithItsOwnCode(ErrorCode code, String part, String replacement) {
        String yaml = edited(part, replacement == null ? "" : replacement);
        Refusal.expect(code, () -> read(yaml));
    }

    @Test
    void signersCanBeToldApartBySeveralThingsAndARoleHasItsAlgorithms() throws FormatException {
        String yaml = edited("{threshold: 2, signers: [alice, spare], distinct: signer}",
                "{threshold: 1, signers: [spare], distinct: [custodian, person, key], algorithms: [ml-dsa-65]}").replace("spare: {", "spare: {custodian: vault, ");
        Role role = read(yaml).roles().get("keys");
        assertEquals(new Role(1, List.of("spare"), Set.of(Role.Distinct.PERSON, Role.Distinct.KEY, Role.Distinct.CUSTODIAN), Set.of(SignatureAlgorithm.ML_DSA_65)), role);
        Refusal.expect(ErrorCode.FIELD_INVALID, "roles.keys.signers[0] (line 29, column 34): expected a signer with a custodian, by whom signers are told apart"
                + " here, found \"alice\", who has none", () -> read(edited("distinct: signer", "distinct: custodian")));
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> read(edited("distinct: signer", "distinct: [signer, colour]")));
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> read(edited("distinct: signer", "distinct: [key, person]")));
        Refusal.expect(ErrorCode.FIELD_MISSING, () -> read(edited("distinct: signer", "distinct: []")));
    }

    @Test
    void aKeyIdIsAWholeOne() {
        Refusal.expect(ErrorCode.DIGEST_LENGTH, () -> read(edited(HEX, "00aa")));
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> read(edited(HEX, HEX.toUpperCase(java.util.Locale.ROOT))));
    }

    @Test
    void aPolicyThatDemandsNothingIsRefused() {
        String nothing = POLICY.substring(0, POLICY.indexOf("require:"));
        Refusal.expect(ErrorCode.FIELD_MISSING, () -> read(nothing));
        Refusal.expect(ErrorCode.FIELD_MISSING, "require (line 30, column 1): expected at least one demand: a policy without any would accept everything, found nothing",
                () -> read(nothing + "require: []\n"));
    }

    @Test
    void messagesNameLineAndColumn() {
        Refusal.expect(ErrorCode.FIELD_INVALID,
                "roles.release.signers[1] (line 28, column 44): expected the name of a signer of this policy, found \"bob\"",
                () -> read(edited("[alice, spare, ci]", "[alice, bob]")));
        Refusal.expect(ErrorCode.FIELD_UNKNOWN,
                "signers.spare.keyid (line 9, column 38): expected only person, custodian, key, keyId, identity, authority, securityKey, found this",
                () -> read(edited("keyId: " + HEX, "keyid: 1, keyId: " + HEX)));
    }

    @Test
    void aPrivateKeyNeverReachesTheMessage() {
        String why = Refusal.expect(ErrorCode.FIELD_INVALID, () -> read(edited("PUBLIC KEY", "PRIVATE KEY")));
        assertEquals("signers.alice.key (line 5, column 5): expected a PUBLIC KEY in PEM, found a private key", why);
    }

    @Test
    void listsAreReadUpToTheirLimits() throws FormatException {
        String demand = "  - signatureBy: release\n";
        String most = edited(demand, demand.repeat(VerificationPolicy.MAX_DEMANDS - 1));
        assertEquals(100, read(most).demands().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(most.replace("require:\n", "require:\n" + demand)));

        String roles = edited("roles:\n", "roles:\n" + numbered("  r%d: {threshold: 1, signers: [alice]}\n", VerificationPolicy.MAX_ROLES - 2));
        assertEquals(100, read(roles).roles().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(roles.replace("roles:\n", "roles:\n  x: {threshold: 1, signers: [alice]}\n")));

        String signers = edited("signers:\n  alice", "signers:\n" + numbered("  s%d: {keyId: " + HEX + "}\n", VerificationPolicy.MAX_SIGNERS - 4) + "  alice");
        assertEquals(1_000, read(signers).signers().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(signers.replace("  alice:", "  x: {keyId: " + HEX + "}\n  alice:")));

        String conditions = edited("- {name: tagged", numbered("- {name: c%d, cel: a}\n      ", Demand.Attestation.MAX_CONDITIONS - 1) + "- {name: tagged");
        read(conditions);
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(conditions.replace("conditions:\n", "conditions:\n      - {name: x, cel: a}\n")));

        String certificate = "        -----BEGIN CERTIFICATE-----\n        MAE=\n        -----END CERTIFICATE-----\n";
        String chain = edited(certificate, certificate.repeat(9));
        assertEquals(10, ((Proof.Authority) Objects.requireNonNull(read(chain).signers().get("vendor")).proof()).certificates().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited(certificate, certificate.repeat(10))));

        read(edited("cel: predicate.ref == \"v1\"", "cel: \"" + "a".repeat(Demand.Condition.MAX_LENGTH) + "\""));
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited("cel: predicate.ref == \"v1\"", "cel: \"" + "a".repeat(Demand.Condition.MAX_LENGTH + 1) + "\"")));

        read(POLICY + "#".repeat(VerificationPolicy.MAX_LENGTH - POLICY.length()));
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(POLICY + "#".repeat(VerificationPolicy.MAX_LENGTH - POLICY.length() + 1)));
    }

    private static String numbered(String format, int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(String.format(format, i));
        }
        return out.toString();
    }

    @Test
    void theReadyPoliciesAreSound() throws IOException, FormatException {
        List<String> read = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(System.getProperty("chancery.root"), "docs", "policies"), "*.yaml")) {
            for (Path file : files) {
                PolicyCodec.read(Bytes.copyOf(Files.readAllBytes(file)));
                read.add(file.getFileName().toString());
            }
        }
        assertEquals(List.of("air-gapped-key.yaml", "github-actions-release.yaml", "slsa-level-3-builder.yaml", "two-officer-release.yaml"),
                read.stream().sorted().toList());
    }

    @Test
    void aChangedCharacterEndsInAPolicyOrARefusal() {
        RandomGenerator random = Seed.of(PolicyCodecTest.class);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder yaml = new StringBuilder(POLICY);
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                yaml.setCharAt(random.nextInt(yaml.length()), "{}[]\"':,-?&*!|> \n01a".charAt(random.nextInt(20)));
            }
            try {
                read(yaml.toString());
            } catch (FormatException e) {
                assertEquals('F', e.problem().code().code().charAt(4));
            }
        }
    }

    @Test
    void modelsAndRootsOfSecurityKeysAreHeldAgainstARegistration() throws FormatException {
        String pem = "\"-----BEGIN PUBLIC KEY-----\\nMAA=\\n-----END PUBLIC KEY-----\"";
        String policy = "policy: chancery.dev/v1\nsigners: {a: {securityKey: {key: " + pem + ", rpId: example.com, MORE}}}\nroles: {r: {threshold: 1, signers: [a]}}\n"
                + "require: [{signatureBy: r}]\n";
        String registration = "registration: {attestationObject: oA==, clientDataJSON: e30=}";
        String model = "00010203-0405-0607-0809-0a0b0c0d0e0f";
        PolicySigner.Proof proof = PolicyCodec.read(Bytes.ofUtf8(policy.replace("MORE", registration + ", aaguids: [" + model + "]"))).signers().values().iterator().next().proof();
        Enrolment enrolment = assertInstanceOf(PolicySigner.Proof.SecurityKey.class, proof).enrolment().orElseThrow();
        assertEquals(new Enrolment(Bytes.fromHex("a0"), Bytes.ofUtf8("{}"), List.of(model), List.of()), enrolment);
        Refusal.expect(ErrorCode.FIELD_MISSING, () -> PolicyCodec.read(Bytes.ofUtf8(policy.replace("MORE", "aaguids: [" + model + "]"))));
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> PolicyCodec.read(Bytes.ofUtf8(policy.replace("MORE", registration + ", aaguids: [A0010203-0405-0607-0809-0a0b0c0d0e0f]"))));
    }
}
