package dev.chancery.verification.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.ports.condition.ConditionException;
import dev.chancery.testkit.peers.PeerFiles;
import dev.chancery.verification.Engines;
import dev.chancery.verification.policy.PolicyLint.Remark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLintTest {
    private static final String SOUND = """
            policy: chancery.dev/v1
            signers:
              ada: {key: PEM}
              dev: {identity: {name: dev@example.com, issuer: 'https://login.example.com'}}
            roles: {release: {threshold: 2, signers: [ada, dev]}}
            require: [{signatureBy: release}]
            """.replace("PEM", "\"" + PeerFiles.read(PeerFiles.KEY).utf8().orElseThrow().replace("\n", "\\n") + "\"");

    private static List<Remark> check(String yaml) throws Exception {
        return new PolicyLint(new PolicyBinder(new SpkiPublicKeyDecoder(), Engines.attestations(), () -> expression -> {
            if (expression.equals("nonsense")) {
                throw new ConditionException("it is nonsense", null);
            }
            return _ -> true;
        })).check(PolicyCodec.read(Bytes.ofUtf8(yaml)));
    }

    private static List<String> advice(String part, String replacement) throws Exception {
        assertEquals(true, SOUND.contains(part));
        return check(SOUND.replace(part, replacement)).stream().filter(Remark::isOnlyAdvice).map(remark -> remark.place() + ": " + remark.message()).toList();
    }

    private static List<ErrorCode> faults(String part, String replacement) throws Exception {
        return check(SOUND.replace(part, replacement)).stream().filter(remark -> !remark.isOnlyAdvice()).map(Remark::codeOrNull).toList();
    }

    @Test
    void aSoundPolicyHasNoRemarks() throws Exception {
        assertEquals(List.of(), check(SOUND));
    }

    @Test
    void allFaultsAreShownAtOnce() throws Exception {
        assertEquals(List.of(ErrorCode.POLICY_SIGNER_INVALID, ErrorCode.POLICY_CONDITION_INVALID), faults("name: dev@example.com, issuer: 'https://login.example.com'}}\n"
                + "roles: {release: {threshold: 2, signers: [ada, dev]}}\nrequire: [{signatureBy: release}]",
                "name: {regexp: '('}, issuer: a}}\nroles: {release: {threshold: 2, signers: [ada, dev]}}\n"
                        + "require: [{attestationBy: release, predicateType: t, conditions: [{name: c, cel: nonsense}]}]"));
    }

    @Test
    void aThresholdThatNoKeysCanMeetIsAFault() throws Exception {
        assertEquals(List.of(ErrorCode.POLICY_DEMAND_IMPOSSIBLE), faults("require", "algorithms: [ed25519]\nrequire"));
    }

    @Test
    void expressionsThatMatchMoreThanTheySeemToAreAdvisedAgainst() throws Exception {
        assertEquals(List.of("signer dev: a bare dot in /dev@example.com/ matches any character: write \\. for a dot"),
                advice("name: dev@example.com", "name: {regexp: 'dev@example.com'}"));
        assertEquals(List.of("signer dev: /.*/ matches every text, so that it is no rule"), advice("name: dev@example.com", "name: {regexp: '.*'}"));
    }

    @Test
    void whatIsLeftOutOrLoosenedIsNamed() throws Exception {
        assertEquals(List.of("signer dev: stands in no role, so that its signatures count for nothing"),
                advice("threshold: 2, signers: [ada, dev]", "threshold: 1, signers: [ada]"));
        assertEquals(List.of("evidence: wants no log entry for identities: nobody could notice a certificate that was issued by mistake"),
                advice("require", "evidence: {logEntries: 0}\nrequire"));
    }

    @Test
    void anAuthorityOfOnesOwnWantsAWordAboutRevocation() throws Exception {
        String authority = "{authority: {name: dev@example.com, certificates: \"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n\"}}";
        String yaml = "policy: chancery.dev/v1\nsigners: {dev: " + authority + "}\nroles: {release: {threshold: 1, signers: [dev]}}\nrequire: [{signatureBy: release}]\n";
        assertEquals(List.of("evidence"), check(yaml).stream().filter(Remark::isOnlyAdvice).map(Remark::place).toList());
        assertEquals(List.of(), check(yaml + "evidence: {revocation: \"off\"}\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"air-gapped-key", "github-actions-release", "slsa-level-3-builder"})
    void theReadyPoliciesAreSound(String name) throws Exception {
        assertEquals(List.of(), check(Files.readString(Path.of("../docs/policies", name + ".yaml"))).stream().filter(remark -> !remark.isOnlyAdvice()).toList());
    }
}
