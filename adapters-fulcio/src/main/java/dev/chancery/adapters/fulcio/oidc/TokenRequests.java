package dev.chancery.adapters.fulcio.oidc;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.identity.IdentityException;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// What the requests to identity providers have in common.
final class TokenRequests {
    static final int MAX_ANSWER = 1 << 20;

    private TokenRequests() {}

    static Answer ask(ServiceHttp http, Ask ask, Duration budget) throws IdentityException {
        try {
            return http.ask(ask, budget, BeforeRepeat.NOTHING);
        } catch (ServiceException e) {
            throw new IdentityException(new Problem(ErrorCode.IDENTITY_PROVIDER_FAILED, "there is no identity token", e.problem().what() + ": "
                    + e.problem().why(), e.problem().remedy()), e);
        }
    }

    /// An answer that has to be a JSON object.
    static JsonFields object(String provider, Answer answer) throws IdentityException {
        if (!answer.isSuccess()) {
            throw failed(provider, "HTTP status " + answer.status() + words(answer));
        }
        try {
            return JsonFields.of(StrictJson.parse(answer.body(), MAX_ANSWER), "");
        } catch (FormatException e) {
            throw failed(provider, "expected JSON, found " + e.problem().code().code());
        }
    }

    /// A member of an answer. Nothing of an answer that may hold a token is shown.
    static String text(String provider, JsonFields fields, String name) throws IdentityException {
        try {
            return fields.requiredText(name);
        } catch (FormatException e) {
            throw failed(provider, "expected " + name + " in its answer, found none");
        }
    }

    /// OAuth's own words for an error (RFC 6749 §5.2).
    static String words(Answer answer) {
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(answer.body(), MAX_ANSWER), "");
            String error = fields.text("error").orElse("");
            String description = fields.text("error_description").or(() -> textOrNothing(fields)).orElse("");
            String both = error + (description.isEmpty() ? "" : (error.isEmpty() ? "" : ", ") + description);
            return both.isEmpty() ? "" : ": " + (both.length() > 300 ? both.substring(0, 300) + "…" : both);
        } catch (FormatException e) {
            return "";
        }
    }

    private static java.util.Optional<String> textOrNothing(JsonFields fields) {
        try {
            return fields.text("message");
        } catch (FormatException e) {
            return java.util.Optional.empty();
        }
    }

    static IdentityException failed(String provider, String why) {
        return new IdentityException(new Problem(ErrorCode.IDENTITY_PROVIDER_FAILED, provider + " gave no identity token", why,
                "try again; nothing was signed"), null);
    }

    static IdentityException notPermitted(String why, String remedy) {
        return new IdentityException(new Problem(ErrorCode.WORKFLOW_PERMISSION, "there is no identity token; nothing was signed", why, remedy), null);
    }

    static Ask form(String service, URI uri, Map<String, String> fields) {
        return Ask.post(service, uri, "application/x-www-form-urlencoded", "application/json", Bytes.ofUtf8(encoded(fields)), MAX_ANSWER);
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
