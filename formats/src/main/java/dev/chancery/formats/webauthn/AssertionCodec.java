package dev.chancery.formats.webauthn;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;

/// Reads and writes assertions as members of quorums.
public final class AssertionCodec {
    private static final String MEDIA_TYPE = "mediaType";
    private static final String KEY_HINT = "keyHint";
    private static final String AUTHENTICATOR_DATA = "authenticatorData";
    private static final String CLIENT_DATA = "clientDataJSON";
    private static final String SIGNATURE = "signature";

    private AssertionCodec() {}

    /// Whether a member says that it is one.
    public static boolean isOne(JsonValue member) {
        return member instanceof JsonValue.JsonObject object && object.members().get(MEDIA_TYPE) instanceof JsonValue.JsonString(String type)
                && type.equals(WebAuthnAssertion.MEDIA_TYPE);
    }

    /// Reads a member.
    ///
    /// @param path where it stands, for messages
    /// @throws FormatException when it isn't one
    public static WebAuthnAssertion read(JsonValue member, String path) throws FormatException {
        JsonFields fields = JsonFields.of(member, place -> place.isEmpty() ? path : path.isEmpty() ? place : path + "." + place);
        String mediaType = fields.requiredText(MEDIA_TYPE);
        if (!mediaType.equals(WebAuthnAssertion.MEDIA_TYPE)) {
            throw FormatException.mediaTypeUnsupported(fields.at(MEDIA_TYPE), WebAuthnAssertion.MEDIA_TYPE, FormatException.quoted(mediaType));
        }
        String hint = fields.text(KEY_HINT).orElse("");
        WebAuthnAssertion assertion = new WebAuthnAssertion(hint, part(fields, AUTHENTICATOR_DATA), part(fields, CLIENT_DATA), part(fields, SIGNATURE));
        fields.end();
        return assertion;
    }

    private static Bytes part(JsonFields fields, String name) throws FormatException {
        Bytes bytes = fields.requiredBytes(name);
        if (bytes.size() > WebAuthnAssertion.MAX_PART) {
            throw FormatException.tooLarge(fields.at(name), "bytes", bytes.size(), WebAuthnAssertion.MAX_PART);
        }
        return bytes;
    }

    /// Writes a member.
    public static JsonValue write(WebAuthnAssertion assertion) {
        var member = JsonText.object().put(MEDIA_TYPE, WebAuthnAssertion.MEDIA_TYPE);
        if (!assertion.keyHint().isEmpty()) {
            member.put(KEY_HINT, assertion.keyHint());
        }
        return member.put(AUTHENTICATOR_DATA, assertion.authenticatorData().toBase64())
                .put(CLIENT_DATA, assertion.clientDataJson().toBase64())
                .put(SIGNATURE, assertion.signature().toBase64())
                .build();
    }
}
