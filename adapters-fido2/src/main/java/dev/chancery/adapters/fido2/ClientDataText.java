package dev.chancery.adapters.fido2;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.json.JsonText;
import java.util.Base64;

/// Writes client data (WebAuthn L3 §5.8.1.1). What a browser writes of the page it shows, this program writes of what it was told: the origin says for
/// whom the approval is, not where it was given.
final class ClientDataText {
    private ClientDataText() {}

    /// @param type `webauthn.create` or `webauthn.get`
    static Bytes write(String type, Bytes challenge, String origin) {
        return JsonText.compact(JsonText.object().put("type", type)
                .put("challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(challenge.toByteArray()))
                .put("origin", origin).put("crossOrigin", false).build());
    }
}
