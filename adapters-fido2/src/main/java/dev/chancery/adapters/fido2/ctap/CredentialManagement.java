package dev.chancery.adapters.fido2.ctap;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the credentials that a security key remembers: CTAP 2.1 §6.8, `authenticatorCredentialManagement`, or its preview of CTAP 2.1's drafts.
public final class CredentialManagement {
    private static final int COMMAND = 0x0a;
    private static final int PREVIEW = 0x41;
    private static final int PARTIES = 0x02;
    private static final int NEXT_PARTY = 0x03;
    private static final int CREDENTIALS = 0x04;
    private static final int NEXT_CREDENTIAL = 0x05;
    /// More than any security key has room for.
    private static final int MOST = 1000;

    private final Ctap ctap;
    private final int command;
    private final PinToken token;

    /// @param token with [Permission#CREDENTIAL_MANAGEMENT]
    public CredentialManagement(Ctap ctap, AuthenticatorInfo info, PinToken token) {
        this.ctap = ctap;
        this.command = info.has("credMgmt") ? COMMAND : PREVIEW;
        this.token = token;
    }

    /// Whether a security key can list them.
    public static boolean isKnownTo(AuthenticatorInfo info) {
        return info.has("credMgmt") || info.has("credentialMgmtPreview");
    }

    /// A credential that a security key remembers.
    ///
    /// @param name the user's; text from outside
    public record Remembered(String rpId, String name, Bytes credentialId, Cbor.Map coseKey) {}

    /// All of them.
    ///
    /// @throws CtapException when the security key fails
    public List<Remembered> all() throws CtapException {
        List<Remembered> all = new ArrayList<>();
        try {
            for (Cbor.Map party : every(PARTIES, NEXT_PARTY, 5, null)) {
                Cbor.Map of = Cbor.map().put(1, new Cbor.ByteString(party.bytes(4))).build();
                for (Cbor.Map credential : every(CREDENTIALS, NEXT_CREDENTIAL, 9, of)) {
                    String name = credential.map(6).get("name").orElse(null) instanceof Cbor.Text(String text) ? text : "";
                    all.add(new Remembered(party.map(3).text("id"), name, credential.map(7).bytes("id"), credential.map(8)));
                }
            }
        } catch (CborException e) {
            throw CtapException.of(e);
        }
        return all;
    }

    private List<Cbor.Map> every(int first, int next, long total, Cbor.@Nullable Map parametersOrNull) throws CtapException, CborException {
        Bytes signed = Bytes.copyOf(new byte[] {(byte) first});
        Cbor.Builder request = Cbor.map().put(1, new Cbor.Int(first)).put(3, new Cbor.Int(token.protocol()));
        if (parametersOrNull != null) {
            request.put(2, parametersOrNull);
            signed = signed.concat(CborWriter.write(parametersOrNull));
        }
        Cbor.Map answer;
        try {
            answer = ctap.call(command, request.put(4, new Cbor.ByteString(token.authenticate(signed))).build());
        } catch (CtapException e) {
            if (e.is(CtapStatus.NO_CREDENTIALS)) {
                return List.of();
            }
            throw e;
        }
        if (answer.get(total).isEmpty()) {
            return List.of(); // some answer so where there is none
        }
        List<Cbor.Map> found = new ArrayList<>(List.of(answer));
        long count = Math.min(MOST, answer.integer(total));
        while (found.size() < count) {
            found.add(ctap.call(command, Cbor.map().put(1, new Cbor.Int(next)).build()));
        }
        return count == 0 ? List.of() : found;
    }
}
