package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.Offered;
import dev.chancery.verification.policy.PolicyBinder;
import dev.chancery.verification.policy.PolicyResult;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Approvals by security keys: those that Chromium made (`lab/chromium/assertions.py`), and forged ones for what no sound authenticator makes.
class SecurityKeyTest {
    private static final Bytes ARTIFACT = Bytes.ofUtf8("an artifact to approve\n");
    static final ForgedKey KEY = ForgedKey.p256();
    static final RelyingParty EXAMPLE = new RelyingParty("sign.example.com", List.of("https://sign.example.com"), true, false);
    static final int PRESENT_AND_VERIFIED = 0x05;
    private static final String P384 = """
            -----BEGIN PUBLIC KEY-----
            MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEjzzRcwC+iaUWdG5C1BxNPdJtLCSXn5JU
            9vZBwA+3t3sv8wUQjgcqWe7sMKMxYZRE90/KRgb1x5vo2RxkyA/8VKNSkd42MeJR
            GZ+SVcSLHJUlz/QIFPRqf5VYMD+6nYcx
            -----END PUBLIC KEY-----
            """;

    /// What Chromium made.
    record Made(DssePayload payload, PublicKey key, String origin, WebAuthnAssertion assertion) {
        static Made read(String name) throws Exception {
            try (InputStream in = Objects.requireNonNull(SecurityKeyTest.class.getResourceAsStream("/webauthn/" + name + ".json"))) {
                JsonFields fields = JsonFields.of(StrictJson.parse(Bytes.copyOf(in.readAllBytes()), 1 << 16), "");
                PublicKey key = new SpkiPublicKeyDecoder().decodeDer(fields.bytes("publicKey"));
                return new Made(new DssePayload(DssePayload.IN_TOTO, fields.bytes("payload")), key, fields.requiredText("origin"), new WebAuthnAssertion(key.id().hint(),
                        fields.bytes("authenticatorData"), fields.bytes("clientDataJSON"), fields.bytes("signature")));
            }
        }

        RelyingParty relyingParty(boolean syncedAllowed) {
            return new RelyingParty("localhost", List.of(origin), true, syncedAllowed);
        }
    }

    static VerificationResult verify(DssePayload payload, WebAuthnAssertion assertion, Trust trust) {
        return verify(new Evidence.WebAuthn(payload, assertion), ARTIFACT, trust, Requirements.NONE);
    }

    private static VerificationResult verify(Evidence evidence, Bytes artifact, Trust trust, Requirements requirements) {
        return Engines.real().verify(new VerificationRequest(evidence, Engines.content(artifact), trust, new Expectations(null), requirements));
    }

    private static void rejected(ErrorCode code, VerificationResult result) {
        assertEquals(List.of(code), result.reasons().stream().map(Reason::code).toList(), () -> result.reasons().toString());
        assertEquals(Verdict.REJECTED, result.verdict());
    }

    @ParameterizedTest
    @ValueSource(strings = {"es256", "eddsa", "rs256", "synced"})
    void whatABrowserApprovedIsAccepted(String name) throws Exception {
        Made made = Made.read(name);
        VerificationResult result = verify(made.payload(), made.assertion(), new Trust.Credential(made.key(), made.relyingParty(true)));
        assertEquals(List.of(), result.reasons());
        assertEquals(made.key().id(), result.verified().getFirst().keyId());
        assertEquals("https://sigstore.dev/cosign/sign/v1", result.verified().getFirst().statement().orElseThrow().predicateType());
        assertTrue(result.findings().stream().anyMatch(finding -> finding.message().contains("good for trying out only")));
    }

    @Test
    void anApprovalOfOtherContentIsNoneOfThis() throws Exception {
        Made made = Made.read("es256");
        Trust trust = new Trust.Credential(made.key(), made.relyingParty(false));
        String text = made.payload().content().utf8().orElseThrow();
        rejected(ErrorCode.CHALLENGE_DIFFERS, verify(new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8(text + " ")), made.assertion(), trust));
        rejected(ErrorCode.CHALLENGE_DIFFERS, verify(new DssePayload("application/json", made.payload().content()), made.assertion(), trust));
        rejected(ErrorCode.SUBJECT_MISMATCH, verify(new Evidence.WebAuthn(made.payload(), made.assertion()), Bytes.ofUtf8("another"), trust, Requirements.NONE));
    }

    @Test
    void theRelyingPartyAndTheOriginAreThosePolicyNames() throws Exception {
        Made made = Made.read("es256");
        rejected(ErrorCode.ORIGIN_NOT_ALLOWED, verify(made.payload(), made.assertion(),
                new Trust.Credential(made.key(), new RelyingParty("localhost", List.of("http://localhost:1"), true, false))));
        DssePayload payload = made.payload();
        rejected(ErrorCode.RELYING_PARTY_DIFFERS, verify(payload, forged(payload, "example.com", PRESENT_AND_VERIFIED, "", "https://sign.example.com"), trust(EXAMPLE)));
        rejected(ErrorCode.ORIGIN_NOT_ALLOWED, verify(payload, forged(payload, EXAMPLE.id(), PRESENT_AND_VERIFIED, "", "https://sign.example.com.evil.test"),
                trust(EXAMPLE)));
        assertEquals(List.of(), verify(payload, forged(payload, EXAMPLE.id(), PRESENT_AND_VERIFIED, "", "https://sign.example.com"), trust(EXAMPLE)).reasons());
    }

    @Test
    void aSyncedPasskeyCountsOnlyWherePolicyAllowsIt() throws Exception {
        Made made = Made.read("synced");
        rejected(ErrorCode.CREDENTIAL_SYNCED, verify(made.payload(), made.assertion(), new Trust.Credential(made.key(), made.relyingParty(false))));
    }

    @Test
    void anotherKeyOrAChangedByteIsRejected() throws Exception {
        Made made = Made.read("es256");
        Made other = Made.read("synced");
        rejected(ErrorCode.SIGNATURE_INVALID, verify(made.payload(), made.assertion(), new Trust.Credential(other.key(), made.relyingParty(false))));
        byte[] data = made.assertion().authenticatorData().toByteArray();
        data[36] ^= 1;
        rejected(ErrorCode.SIGNATURE_INVALID, verify(made.payload(), new WebAuthnAssertion("", Bytes.copyOf(data), made.assertion().clientDataJson(),
                made.assertion().signature()), new Trust.Credential(made.key(), made.relyingParty(false))));
        PublicKey p384 = new SpkiPublicKeyDecoder().decodePem(Bytes.ofUtf8(P384));
        rejected(ErrorCode.ALGORITHM_MISMATCH, verify(made.payload(), made.assertion(), new Trust.Credential(p384, made.relyingParty(false))));
    }

    @Test
    void approvalsAndSignaturesAreNeverTakenForEachOther() throws Exception {
        Made made = Made.read("es256");
        rejected(ErrorCode.SECURITY_KEY_UNEXPECTED, verify(made.payload(), made.assertion(), new Trust.Key(made.key(), null)));
        rejected(ErrorCode.SECURITY_KEY_EXPECTED, verify(new Evidence.Bundle(signed(made.payload())), ARTIFACT, trust(EXAMPLE), Requirements.NONE));
        rejected(ErrorCode.LOG_ENTRY_MISSING, verify(new Evidence.WebAuthn(made.payload(), made.assertion()), ARTIFACT,
                new Trust.Credential(made.key(), made.relyingParty(false)), Requirements.OF_KEY));
        rejected(ErrorCode.TIME_MISSING, verify(new Evidence.WebAuthn(made.payload(), made.assertion()), ARTIFACT,
                new Trust.Credential(made.key(), made.relyingParty(false)), Requirements.NONE.withTimes(1)));
    }

    /// Flags (WebAuthn L3 §6.1): 01 UP, 04 UV, 08 BE, 10 BS, 40 AT, 80 ED.
    @ParameterizedTest
    @CsvSource({"05, '', true,", "04, '', true, USER_NOT_PRESENT", "00, '', true, USER_NOT_PRESENT", "01, '', true, USER_NOT_VERIFIED", "01, '', false,",
        "15, '', true, AUTHENTICATOR_DATA_UNSOUND", "0d, '', true, CREDENTIAL_SYNCED", "1d, '', true, CREDENTIAL_SYNCED", "45, '', true, AUTHENTICATOR_DATA_UNSOUND",
        "05, a0, true, AUTHENTICATOR_DATA_UNSOUND", "85, '', true, AUTHENTICATOR_DATA_UNSOUND", "85, a0, true,", "27, '', true,"})
    void eachFlagCounts(String flags, String rest, boolean userVerified, ErrorCode code) throws Exception {
        DssePayload payload = Made.read("es256").payload();
        RelyingParty relyingParty = new RelyingParty(EXAMPLE.id(), EXAMPLE.origins(), userVerified, false);
        VerificationResult result = verify(payload, forged(payload, EXAMPLE.id(), Integer.parseInt(flags, 16), rest, "https://sign.example.com"), trust(relyingParty));
        assertEquals(code == null ? List.of() : List.of(code), result.reasons().stream().map(Reason::code).toList(), () -> result.reasons().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"webauthn.get\"|\"webauthn.create\"|CLIENT_DATA_UNSOUND", "\"webauthn.get\"|\"payment.get\"|CLIENT_DATA_UNSOUND", "\"type\"|\"typ\"|CLIENT_DATA_UNSOUND",
        "{\"type\"|{\"type\":\"webauthn.get\",\"type\"|CLIENT_DATA_UNSOUND", "{|[|CLIENT_DATA_UNSOUND", "}|,\"crossOrigin\":true}|ORIGIN_NOT_ALLOWED",
        "}|,\"crossOrigin\":\"no\"}|CLIENT_DATA_UNSOUND", "}|,\"topOrigin\":\"https://evil.test\"}|ORIGIN_NOT_ALLOWED", "}|,\"crossOrigin\":false,\"other_keys_can_be_added_here\":\"x\"}|",
        "\",\"origin\"|=\",\"origin\"|CHALLENGE_DIFFERS"})
    void theClientDataSaysWhatItHasTo(String part, String replacement, ErrorCode code) throws Exception {
        DssePayload payload = Made.read("es256").payload();
        String sound = clientData(payload, "https://sign.example.com");
        assertTrue(sound.contains(part), part);
        VerificationResult result = verify(payload, forged(EXAMPLE.id(), PRESENT_AND_VERIFIED, "", sound.replace(part, replacement)), trust(EXAMPLE));
        assertEquals(code == null ? List.of() : List.of(code), result.reasons().stream().map(Reason::code).toList(), () -> result.reasons().toString());
    }

    @Test
    void aPolicyCountsASecurityKeyAsASigner() throws Exception {
        Made made = Made.read("es256");
        ForgedKey ann = ForgedKey.p256();
        String yaml = """
                policy: chancery.dev/v1
                signers:
                  ann: {key: ANN}
                  cem:
                    securityKey: {key: CEM, rpId: localhost, origins: ['ORIGIN']}
                roles:
                  officers: {threshold: 2, signers: [ann, cem]}
                require:
                  - signatureBy: officers
                """.replace("ANN", pem(ann.spki())).replace("CEM", pem(key(made))).replace("ORIGIN", made.origin());
        Member cem = new Member.WebAuthn(made.payload(), made.assertion());
        Bytes both = QuorumCodec.write(new QuorumBundle(made.payload(), List.of(cem, new Member.Sigstore(signed(made.payload(), ann)))));
        assertEquals(both, QuorumCodec.write(QuorumCodec.read(both)));
        PolicyResult result = verify(yaml, both);
        assertEquals(List.of(), result.reasons());
        assertEquals(Set.of("ann", "cem"), result.policies().getFirst().demands().getFirst().counted());
        PolicyResult alone = verify(yaml, QuorumCodec.write(new QuorumBundle(made.payload(), List.of(cem))));
        assertEquals(Verdict.REJECTED, alone.verdict());
        assertEquals(Verdict.REJECTED, verify(yaml.replace(made.origin(), "https://localhost"), both).verdict());
        Bytes relabelled = Bytes.ofUtf8(both.utf8().orElseThrow().replace(made.key().id().hint(), ann.spkiHash().toBase64()));
        assertEquals(Verdict.REJECTED, verify(yaml, relabelled).verdict());
    }

    private static Bytes key(Made made) throws Exception {
        try (InputStream in = Objects.requireNonNull(SecurityKeyTest.class.getResourceAsStream("/webauthn/es256.json"))) {
            Bytes spki = JsonFields.of(StrictJson.parse(Bytes.copyOf(in.readAllBytes()), 1 << 16), "").bytes("publicKey");
            assertEquals(made.key().id().hint(), HashAlgorithm.SHA_256.digest(spki).value().toBase64());
            return spki;
        }
    }

    private static PolicyResult verify(String yaml, Bytes quorum) throws Exception {
        BoundPolicy policy = new PolicyBinder(new SpkiPublicKeyDecoder(), Engines.attestations(), () -> expression -> statement -> false).bind(PolicyCodec.read(Bytes.ofUtf8(yaml)), "test.yaml", null);
        return Engines.policies(Engines.CLOCK).verify(new ArrayList<>(List.of(new Offered("quorum", new Evidence.BundleBytes(quorum)))), Engines.content(ARTIFACT),
                List.of(policy));
    }

    private static String pem(Bytes spki) {
        return "\"-----BEGIN PUBLIC KEY-----\\n" + spki.toBase64() + "\\n-----END PUBLIC KEY-----\\n\"";
    }

    static Trust trust(RelyingParty relyingParty) throws Exception {
        return new Trust.Credential(new SpkiPublicKeyDecoder().decodeDer(KEY.spki()), relyingParty);
    }

    private static SigstoreBundle signed(DssePayload payload) {
        return signed(payload, KEY);
    }

    private static SigstoreBundle signed(DssePayload payload, ForgedKey key) {
        return new SigstoreBundle(SigstoreBundle.Version.V0_3, new SigstoreBundle.KeyMaterial.PublicKeyHint(key.spkiHash().toBase64()), List.of(), List.of(),
                new SigstoreBundle.Content.Dsse(new DsseEnvelope(payload, List.of(new DsseEnvelope.DsseSignature("", key.sign(payload.preAuthEncoding().bytes()))))));
    }

    static String clientData(DssePayload payload, String origin) {
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(HashAlgorithm.SHA_256.digest(payload.preAuthEncoding().bytes()).value().toByteArray());
        return "{\"type\":\"webauthn.get\",\"challenge\":\"" + challenge + "\",\"origin\":\"" + origin + "\"}";
    }

    static WebAuthnAssertion forged(DssePayload payload, String rpId, int flags, String rest, String origin) {
        return forged(rpId, flags, rest, clientData(payload, origin));
    }

    static WebAuthnAssertion forged(String rpId, int flags, String rest, String clientData) {
        Bytes data = HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(rpId)).value().concat(Bytes.fromHex(String.format("%02x", flags) + "00000007" + rest));
        Bytes client = Bytes.ofUtf8(clientData);
        return new WebAuthnAssertion(KEY.spkiHash().toBase64(), data, client, KEY.sign(data.concat(HashAlgorithm.SHA_256.digest(client).value())));
    }
}
