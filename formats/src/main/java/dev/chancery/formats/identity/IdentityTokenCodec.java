package dev.chancery.formats.identity;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.domain.identity.IdentityToken.Claims;
import dev.chancery.domain.signing.ProofSubject;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Reads identity tokens. Signatures are not verified here, and no message shows a token.
public final class IdentityTokenCodec {
    /// The longest token that is read, in characters.
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_AUDIENCES = 100;
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L); // of the year 9999

    private IdentityTokenCodec() {}

    /// Reads a token; white space around it is passed over.
    ///
    /// @throws IdentityTokenException when it isn't a signed JSON Web Token with the claims that an identity token has
    public static IdentityToken read(String text) throws IdentityTokenException {
        String compact = text.strip();
        if (compact.length() > MAX_LENGTH) {
            throw malformed("expected at most " + MAX_LENGTH + " characters, found " + compact.length());
        }
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw malformed("expected three parts with dots between them (a signed JSON Web Token), found " + (compact.isEmpty() ? "nothing"
                    : parts.length + (parts.length == 1 ? " part" : " parts")));
        }
        Bytes payload;
        try {
            payload = Bytes.copyOf(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException e) {
            throw malformed("expected base64url in its middle part, found something else");
        }
        try {
            return new IdentityToken(claims(JsonFields.of(StrictJson.parse(payload, MAX_LENGTH), "")), compact);
        } catch (FormatException e) {
            throw malformed(e.problem().why());
        }
    }

    private static Claims claims(JsonFields fields) throws FormatException, IdentityTokenException {
        String issuer = fields.requiredText("iss");
        Optional<String> email = fields.text("email");
        Optional<JsonValue> verified = fields.take("email_verified");
        Optional<String> subject = fields.text("sub");
        List<String> audiences = audiences(fields);
        Instant expires = time(fields, "exp").orElseThrow(() -> FormatException.fieldMissing("exp", "when the token expires"));
        Instant issued = time(fields, "iat").orElse(Instant.EPOCH);
        if (email.isPresent() && !isTrue(verified)) {
            throw malformed("expected a verified e-mail address (email_verified), found one that the issuer has not verified");
        }
        String name = email.or(() -> subject).orElseThrow(() -> FormatException.fieldMissing("sub", "whom the token is for"));
        if (!ProofSubject.isSound(name)) {
            throw malformed("expected a subject of one line with 1 to " + ProofSubject.MAX_LENGTH + " visible characters, found "
                    + FormatException.quoted(name));
        }
        return new Claims(issuer, new ProofSubject(name), email.isPresent(), audiences, issued, expires);
    }

    /// Some issuers write the boolean as a string.
    private static boolean isTrue(Optional<JsonValue> value) {
        return value.isPresent() && switch (value.get()) {
            case JsonValue.JsonBoolean bool -> bool.value();
            case JsonValue.JsonString string -> string.value().equals("true");
            case JsonValue.JsonObject _, JsonValue.JsonArray _, JsonValue.JsonNumber _, JsonValue.JsonNull _ -> false;
        };
    }

    /// One string or several (RFC 7519 §4.1.3).
    private static List<String> audiences(JsonFields fields) throws FormatException {
        JsonValue value = fields.required("aud");
        List<JsonValue> elements = value instanceof JsonValue.JsonArray array ? array.elements() : List.of(value);
        if (elements.size() > MAX_AUDIENCES) {
            throw FormatException.tooLarge("aud", "audiences", elements.size(), MAX_AUDIENCES);
        }
        List<String> audiences = new ArrayList<>();
        for (JsonValue element : elements) {
            if (!(element instanceof JsonValue.JsonString string)) {
                throw FormatException.fieldInvalid("aud", "strings", element.kind());
            }
            audiences.add(string.value());
        }
        return audiences;
    }

    /// Seconds since the epoch, perhaps with a fraction (RFC 7519 §2, NumericDate).
    private static Optional<Instant> time(JsonFields fields, String name) throws FormatException {
        Optional<JsonValue> value = fields.take(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof JsonValue.JsonNumber number) || number.text().indexOf('e') >= 0 || number.text().indexOf('E') >= 0) {
            throw FormatException.fieldInvalid(name, "seconds since 1970", value.get().kind());
        }
        BigDecimal seconds = new BigDecimal(number.text());
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            throw FormatException.fieldInvalid(name, "a time before the year 10000", number.text());
        }
        return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
    }

    private static IdentityTokenException malformed(String why) {
        return new IdentityTokenException(new Problem(ErrorCode.IDENTITY_TOKEN_MALFORMED, "the identity token was refused", why,
                "get the token anew; it is never shown here"));
    }
}
