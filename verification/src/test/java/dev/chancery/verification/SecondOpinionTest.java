package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.verification.SecurityKeyTest.Made;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// webauthn4j judges the same approvals. Where it comes to another verdict the reason stands beside the case.
class SecondOpinionTest {
    private static void agreed(DssePayload payload, WebAuthnAssertion assertion, Bytes spki, RelyingParty relyingParty, Trust trust, @Nullable String difference) throws Exception {
        boolean ours = SecurityKeyTest.verify(payload, assertion, trust).reasons().isEmpty();
        boolean theirs = Webauthn4j.accepts(assertion, spki, WebAuthnAssertion.challenge(payload).value(), relyingParty);
        assertEquals(difference == null, ours == theirs, () -> "ours: " + ours + ", theirs: " + theirs + ", expected difference: " + difference);
        assertTrue(difference == null || !ours, "where the two differ this program is the stricter one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"es256", "eddsa", "rs256", "synced"})
    void bothAcceptWhatABrowserApproved(String name) throws Exception {
        Made made = Made.read(name);
        RelyingParty relyingParty = made.relyingParty(true);
        agreed(made.payload(), made.assertion(), made.key().subjectPublicKeyInfo(), relyingParty, new Trust.Credential(made.key(), relyingParty), null);
    }

    /// A thousand seeded changes of one byte in what a browser approved. What stands between quotation marks in client data may be written in several ways, and
    /// both read JSON: a change that changes nothing of it is none.
    @ParameterizedTest
    @ValueSource(strings = {"es256", "eddsa"})
    void bothRejectAChangedByte(String name) throws Exception {
        Made made = Made.read(name);
        RelyingParty relyingParty = made.relyingParty(true);
        Trust trust = new Trust.Credential(made.key(), relyingParty);
        Random random = new Random(9);
        for (int i = 0; i < 500; i++) {
            Bytes[] parts = {made.assertion().authenticatorData(), made.assertion().clientDataJson(), made.assertion().signature()};
            int part = random.nextInt(parts.length);
            byte[] changed = parts[part].toByteArray();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            parts[part] = Bytes.copyOf(changed);
            agreed(made.payload(), new WebAuthnAssertion("", parts[0], parts[1], parts[2]), made.key().subjectPublicKeyInfo(), relyingParty, trust, null);
        }
    }

    /// Flags (WebAuthn L3 §6.1): 01 UP, 04 UV, 08 BE, 10 BS, 40 AT, 80 ED.
    @ParameterizedTest
    @CsvSource({"05, '', true,", "04, '', true,", "00, '', true,", "01, '', true,", "01, '', false,", "0d, '', true, webauthn4j knows no demand for hardware",
        "1d, '', true, webauthn4j knows no demand for hardware", "15, '', true,", "45, '', true, webauthn4j takes an assertion that announces a credential and has none",
        "85, '', true, webauthn4j takes an assertion that announces extensions and has none", "85, a0, true,", "27, '', true,",
        "05, a0, true,"})
    void bothJudgeEachFlagAlike(String flags, String rest, boolean userVerified, @Nullable String difference) throws Exception {
        DssePayload payload = Made.read("es256").payload();
        RelyingParty relyingParty = new RelyingParty(SecurityKeyTest.EXAMPLE.id(), SecurityKeyTest.EXAMPLE.origins(), userVerified, false);
        agreed(payload, SecurityKeyTest.forged(payload, relyingParty.id(), Integer.parseInt(flags, 16), rest, "https://sign.example.com"), SecurityKeyTest.KEY.spki(),
                relyingParty, SecurityKeyTest.trust(relyingParty), difference);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"webauthn.get\"|\"webauthn.create\"|", "\"webauthn.get\"|\"payment.get\"|", "\"type\"|\"typ\"|",
        "{\"type\"|{\"type\":\"webauthn.get\",\"type\"|webauthn4j takes a member twice", "{|[|", "}|,\"crossOrigin\":true}|",
        "}|,\"crossOrigin\":\"no\"}|", "}|,\"topOrigin\":\"https://evil.test\"}|webauthn4j looks at topOrigin only where crossOrigin is set",
        "}|,\"crossOrigin\":false,\"other_keys_can_be_added_here\":\"x\"}|", "\",\"origin\"|=\",\"origin\"|webauthn4j takes base64url with padding"})
    void bothReadClientDataAlike(String part, String replacement, @Nullable String difference) throws Exception {
        DssePayload payload = Made.read("es256").payload();
        String clientData = SecurityKeyTest.clientData(payload, "https://sign.example.com").replace(part, replacement);
        agreed(payload, SecurityKeyTest.forged(SecurityKeyTest.EXAMPLE.id(), SecurityKeyTest.PRESENT_AND_VERIFIED, "", clientData), SecurityKeyTest.KEY.spki(),
                SecurityKeyTest.EXAMPLE, SecurityKeyTest.trust(SecurityKeyTest.EXAMPLE), difference);
    }

    @Test
    void bothHoldTheOriginTheRelyingPartyAndTheKeyAgainstWhatIsExpected() throws Exception {
        DssePayload payload = Made.read("es256").payload();
        for (String origin : new String[] {"https://sign.example.com.evil.test", "http://sign.example.com", "https://sign.example.com:444"}) {
            agreed(payload, SecurityKeyTest.forged(payload, SecurityKeyTest.EXAMPLE.id(), 5, "", origin), SecurityKeyTest.KEY.spki(), SecurityKeyTest.EXAMPLE,
                    SecurityKeyTest.trust(SecurityKeyTest.EXAMPLE), null);
        }
        agreed(payload, SecurityKeyTest.forged(payload, SecurityKeyTest.EXAMPLE.id(), 5, "", "https://SIGN.example.com/"), SecurityKeyTest.KEY.spki(),
                SecurityKeyTest.EXAMPLE, SecurityKeyTest.trust(SecurityKeyTest.EXAMPLE), "webauthn4j compares origins as URLs, not as what browsers write");
        agreed(payload, SecurityKeyTest.forged(payload, "example.com", 5, "", "https://sign.example.com"), SecurityKeyTest.KEY.spki(), SecurityKeyTest.EXAMPLE,
                SecurityKeyTest.trust(SecurityKeyTest.EXAMPLE), null);
        Made other = Made.read("synced");
        agreed(payload, SecurityKeyTest.forged(payload, SecurityKeyTest.EXAMPLE.id(), 5, "", "https://sign.example.com"), other.key().subjectPublicKeyInfo(),
                SecurityKeyTest.EXAMPLE, new Trust.Credential(other.key(), SecurityKeyTest.EXAMPLE), null);
    }
}
