package dev.chancery.adapters.fulcio;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.sigstore.ServiceException;
import java.util.Optional;

/// What services' answers have in common.
final class Answers {
    static final String JSON = "application/json";

    /// The most of a service's own words that a message repeats, in characters.
    private static final int MAX_WORDS = 300;

    private Answers() {}

    /// The words of a service that said no: the `message` of its JSON, else the beginning of whatever it sent.
    static String words(Answer answer) {
        String text = answer.body().utf8().orElse("").strip();
        try {
            Optional<String> message = JsonFields.of(StrictJson.parse(answer.body(), 1 << 20), "").text("message");
            text = message.orElse(text);
        } catch (FormatException e) {
            // Not JSON: its words as they are.
        }
        String words = text.length() > MAX_WORDS ? text.substring(0, MAX_WORDS) + "…" : text;
        return "HTTP status " + answer.status() + (words.isEmpty() ? "" : ": " + words);
    }

    static ServiceException.Refused refused(ErrorCode code, String service, Answer answer, String remedy) {
        return new ServiceException.Refused(new Problem(code, service + " refused", words(answer), remedy));
    }

    static ServiceException.Unsound unsound(String service, FormatException e) {
        return unsound(service, e.problem().why(), e);
    }

    static ServiceException.Unsound unsound(String service, String why, Throwable cause) {
        return new ServiceException.Unsound(new Problem(ErrorCode.EVIDENCE_SERVICE_UNSOUND, service + " gave an answer that can't be used", why,
                "check that the signing configuration names the right service"), cause);
    }

    static ServiceException.Unsound unsound(String service, String why) {
        return new ServiceException.Unsound(new Problem(ErrorCode.EVIDENCE_SERVICE_UNSOUND, service + " gave an answer that can't be used", why,
                "check that the signing configuration names the right service"), null);
    }
}
