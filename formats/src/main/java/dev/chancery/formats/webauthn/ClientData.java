package dev.chancery.formats.webauthn;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.Map;

/// What the client says with an assertion (WebAuthn L3 §5.8.1). Other members than these are passed over, as the specification demands.
///
/// @param type `webauthn.get` for an assertion
/// @param challenge base64url without padding
/// @param origin where it was asked
/// @param framed whether it was asked in a frame of another origin's page: `crossOrigin`, or a `topOrigin`
public record ClientData(String type, String challenge, String origin, boolean framed) {
    /// Reads it.
    ///
    /// @throws FormatException when it isn't strict JSON with these members
    public static ClientData read(Bytes json) throws FormatException {
        Map<String, JsonValue> members = JsonFields.membersOf(StrictJson.parse(json, WebAuthnAssertion.MAX_PART), "clientDataJSON");
        JsonValue crossOrigin = members.getOrDefault("crossOrigin", new JsonValue.JsonBoolean(false));
        if (!(crossOrigin instanceof JsonValue.JsonBoolean(boolean framed))) {
            throw FormatException.fieldInvalid("clientDataJSON.crossOrigin", "true or false", crossOrigin.kind());
        }
        return new ClientData(text(members, "type"), text(members, "challenge"), text(members, "origin"), framed || members.containsKey("topOrigin"));
    }

    private static String text(Map<String, JsonValue> members, String name) throws FormatException {
        if (members.get(name) instanceof JsonValue.JsonString(String text)) {
            return text;
        }
        throw FormatException.fieldMissing("clientDataJSON." + name, "a string");
    }
}
