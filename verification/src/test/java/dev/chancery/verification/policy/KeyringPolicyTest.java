package dev.chancery.verification.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial.PublicKeyHint;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.keyring.Keyring;
import dev.chancery.formats.keyring.KeyringCodec;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.verification.Engines;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Signers who are entries of the keyring. The signature is proven for a minute after ten o'clock on the fourth of May, or for no time at all; the
/// clock stands at the end of the year.
class KeyringPolicyTest {
    private static final ForgedServices SERVICES = ForgedServices.make();
    private static final SigstoreBundle PROVEN = ForgedBundle.message(SERVICES).make();
    private static final ForgedKey KEY = ForgedKey.p256();
    private static final String ALWAYS = "\"start\":\"2026-01-01T00:00:00Z\"";
    private static final String UNTIL_JUNE = ALWAYS + ",\"end\":\"2026-06-01T00:00:00Z\"";
    private static final String UNTIL_APRIL = ALWAYS + ",\"end\":\"2026-04-01T00:00:00Z\"";
    private static final String SINCE_JUNE = "\"start\":\"2026-06-01T00:00:00Z\"";

    private record Case(String rule, ErrorCode codeOrDefect, boolean proven, String purposes, String state, String window, String revoked) {}

    private static Case of(ErrorCode code, boolean proven, String state, String window, String revoked) {
        return new Case(state + " " + window + (revoked.isEmpty() ? "" : ", revoked " + revoked) + (proven ? ", with" : ", without") + " proof of time", code, proven,
                "\"artifact\"", state, window, revoked);
    }

    private static Stream<Case> cases() {
        return Stream.of(
                of(ErrorCode.DEFECT, true, "active", ALWAYS, ""),
                of(ErrorCode.DEFECT, false, "active", ALWAYS, ""),
                of(ErrorCode.DEFECT, false, "retiring", ALWAYS, ""),
                of(ErrorCode.DEFECT, true, "deactivated", UNTIL_JUNE, ""),
                of(ErrorCode.DEFECT, true, "archived", UNTIL_JUNE, ""),
                of(ErrorCode.DEFECT, true, "destroyed", UNTIL_JUNE, ""),
                of(ErrorCode.DEFECT, true, "compromised", UNTIL_JUNE, ""),
                of(ErrorCode.DEFECT, true, "active", UNTIL_JUNE, ""),
                of(ErrorCode.KEY_RETIRED, false, "deactivated", UNTIL_JUNE, ""),
                of(ErrorCode.KEY_RETIRED, false, "archived", UNTIL_JUNE, ""),
                of(ErrorCode.KEY_RETIRED, false, "destroyed", UNTIL_JUNE, ""),
                of(ErrorCode.KEY_RETIRED, false, "compromised", UNTIL_JUNE, ""),
                of(ErrorCode.KEY_RETIRED, false, "active", UNTIL_JUNE, ""),
                of(ErrorCode.KEY_RETIRED, true, "deactivated", UNTIL_APRIL, ""),
                of(ErrorCode.KEY_RETIRED, true, "compromised", UNTIL_APRIL, ""),
                of(ErrorCode.KEY_NOT_IN_USE, true, "active", SINCE_JUNE, ""),
                of(ErrorCode.KEY_NOT_IN_USE, true, "pre-activation", ALWAYS, ""),
                of(ErrorCode.KEY_NOT_IN_USE, false, "active", "\"start\":\"2027-06-01T00:00:00Z\"", ""),
                of(ErrorCode.DEFECT, true, "active", ALWAYS, SINCE_JUNE),
                of(ErrorCode.KEY_RETIRED, false, "active", ALWAYS, SINCE_JUNE),
                of(ErrorCode.KEY_REVOKED, true, "active", ALWAYS, UNTIL_JUNE),
                of(ErrorCode.KEY_RETIRED, true, "active", ALWAYS, UNTIL_APRIL),
                new Case("a key for statements", ErrorCode.KEY_PURPOSE, true, "\"statement\"", "active", ALWAYS, ""));
    }

    private static String pem(ForgedKey key) {
        return "-----BEGIN PUBLIC KEY-----\\n" + Base64.getEncoder().encodeToString(key.spki().toByteArray()) + "\\n-----END PUBLIC KEY-----\\n";
    }

    private static Keyring keyring(ForgedKey key, String id, Case each) throws Exception {
        String revocations = each.revoked().isEmpty() ? "" : "{\"keyId\":\"" + id + "\",\"window\":{" + each.revoked() + "}}";
        return KeyringCodec.read(Bytes.ofUtf8("{\"mediaType\":\"" + Keyring.MEDIA_TYPE + "\",\"entries\":[{\"keyId\":\"" + id + "\",\"key\":\"" + pem(key)
                + "\",\"purposes\":[" + each.purposes() + "],\"state\":\"" + each.state() + "\",\"window\":{" + each.window() + "}}],\"revocations\":[" + revocations + "]}"));
    }

    private static BoundPolicy bind(Keyring keyring, boolean proven) throws Exception {
        String yaml = """
                policy: chancery.dev/v1
                signers: {ada: {keyId: ID}}
                roles: {release: {threshold: 1, signers: [ada]}}
                require: [{signatureBy: release}]
                evidence: {times: TIMES}
                """.replace("ID}", KEY.spkiHash().toHex() + "}").replace("TIMES", proven ? "1" : "0");
        return new PolicyBinder(new SpkiPublicKeyDecoder(), Engines.attestations(), () -> expression -> statement -> false).bindAmong(PolicyCodec.read(Bytes.ofUtf8(yaml)), "test.yaml",
                new PolicySurroundings(SERVICES.trustedRoot(), keyring, RevocationSource.NONE));
    }

    /// By the key, with the timestamp that the forging kit makes over its signature.
    private static Bytes bundle(boolean proven) {
        SigstoreBundle made = ForgedBundle.message(SERVICES).signedBy(KEY).timestamped(proven).make();
        return BundleCodec.write(new SigstoreBundle(PROVEN.version(), new PublicKeyHint(KEY.spkiHash().toBase64()), List.of(), made.timestamps(), made.content()));
    }

    @TestFactory
    Stream<DynamicTest> anEntrysStateAndWindowsDecide() {
        return cases().map(each -> DynamicTest.dynamicTest(each.rule(), () -> {
            PolicyResult result = Engines.policies(Engines.CLOCK).verify(List.of(new Offered("bundle", new Evidence.BundleBytes(bundle(each.proven())))),
                    Engines.content(ForgedBundle.ARTIFACT), List.of(bind(keyring(KEY, KEY.spkiHash().toHex(), each), each.proven())));
            Set<ErrorCode> codes = result.evidence().stream().flatMap(item -> item.attempts().stream()).flatMap(attempt -> attempt.result().reasons().stream())
                    .map(Reason::code).collect(Collectors.toCollection(TreeSet::new));
            assertEquals(each.codeOrDefect() == ErrorCode.DEFECT ? Set.of() : Set.of(each.codeOrDefect()), codes);
            Verdict verdict = each.codeOrDefect() == ErrorCode.DEFECT ? Verdict.ACCEPTED : each.codeOrDefect() == ErrorCode.KEY_RETIRED ? Verdict.UNKNOWN : Verdict.REJECTED;
            assertEquals(verdict, result.verdict(), () -> Arrays.toString(result.reasons().toArray()));
        }));
    }

    @Test
    void anEntryThatIsMissingOrAnotherKeysIsRefused() throws Exception {
        Case sound = of(ErrorCode.DEFECT, true, "active", ALWAYS, "");
        ForgedKey other = ForgedKey.p256();
        for (Keyring keyring : List.of(keyring(other, other.spkiHash().toHex(), sound), keyring(other, KEY.spkiHash().toHex(), sound))) {
            assertEquals(ErrorCode.POLICY_KEYRING_ENTRY, assertThrows(ProblemException.class, () -> bind(keyring, true)).problem().code());
        }
    }
}
