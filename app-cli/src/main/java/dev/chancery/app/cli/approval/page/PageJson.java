package dev.chancery.app.cli.approval.page;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a page's script and this program say to each other.
final class PageJson {
    /// How long the browser may wait for the person.
    private static final Duration TOUCH = Duration.ofMinutes(2);
    private static final int MAX_LENGTH = 256 * 1024;
    private static final int MOST = 2;

    private PageJson() {}

    /// Has the browser ask for approval of payloads, one after the other.
    static JsonText.ObjectBuilder challenges(String rpId, List<DssePayload> payloads) {
        return JsonText.object()
                .put("rpId", rpId)
                .put("timeout", TOUCH.toMillis())
                .put("allow", JsonText.array(List.of()))
                .put("challenges", JsonText.array(payloads.stream()
                        .<JsonValue>map(payload -> new JsonValue.JsonString(WebAuthnAssertion.challenge(payload).value().toBase64())).toList()));
    }

    /// What the browser answered.
    ///
    /// @param publicKey of a new credential, DER; empty when there is none
    record Answer(Bytes publicKey, List<WebAuthnAssertion> assertions) {
        Answer {
            assertions = List.copyOf(assertions);
        }
    }

    static Answer answer(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, MAX_LENGTH), "");
        Bytes publicKey = fields.optionalBytes("publicKey");
        List<WebAuthnAssertion> assertions = new ArrayList<>();
        for (JsonFields each : fields.objects("assertions", MOST)) {
            assertions.add(new WebAuthnAssertion("", part(each, "authenticatorData"), part(each, "clientDataJSON"), part(each, "signature")));
            each.end();
        }
        fields.end();
        return new Answer(publicKey, assertions);
    }

    private static Bytes part(JsonFields fields, String name) throws FormatException {
        Bytes bytes = fields.requiredBytes(name);
        if (bytes.size() > WebAuthnAssertion.MAX_PART) {
            throw FormatException.tooLarge(fields.at(name), "bytes", bytes.size(), WebAuthnAssertion.MAX_PART);
        }
        return bytes;
    }

    /// The page itself.
    ///
    /// @param text shown as it stands, escaped here
    static String html(String title, String lead, String text, String yes) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>"
                + PageServer.escaped(title) + "</title>\n<link rel=\"stylesheet\" href=\"page.css\">\n</head>\n<body>\n<main>\n<h1>" + PageServer.escaped(title)
                + "</h1>\n<p>" + PageServer.escaped(lead) + "</p>\n<pre tabindex=\"0\">" + PageServer.escaped(text) + "</pre>\n<p><button id=\"yes\" type=\"button\">"
                + PageServer.escaped(yes) + "</button><button id=\"no\" type=\"button\">Refuse</button></p>\n<p id=\"status\" role=\"status\" aria-live=\"polite\"></p>\n"
                + "</main>\n<script src=\"page.js\"></script>\n</body>\n</html>\n";
    }
}
