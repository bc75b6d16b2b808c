package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key in a PKCS#11 token, named by an RFC 7512 URI. Components that are null were not given and match anything.
///
/// Read with [KeyRef#parse(String)]. Attribute values are percent-decoded (RFC 7512 §2.3); `id` may hold any bytes.
///
/// @param text the URI as given
/// @param tokenOrNull CK_TOKEN_INFO label
/// @param manufacturerOrNull CK_TOKEN_INFO manufacturerID
/// @param modelOrNull CK_TOKEN_INFO model
/// @param serialOrNull CK_TOKEN_INFO serialNumber
/// @param slotIdOrNull the slot's number
/// @param objectOrNull CKA_LABEL
/// @param idOrNull CKA_ID
/// @param typeOrNull the object type the URI names; `private`, `public` and `cert` all lead to the private key beside it
/// @param modulePathOrNull path of the PKCS#11 module
/// @param pinSourceOrNull where the PIN is
public record Pkcs11KeyRef(
        String text,
        @Nullable String tokenOrNull,
        @Nullable String manufacturerOrNull,
        @Nullable String modelOrNull,
        @Nullable String serialOrNull,
        @Nullable Long slotIdOrNull,
        @Nullable String objectOrNull,
        @Nullable Bytes idOrNull,
        @Nullable String typeOrNull,
        @Nullable String modulePathOrNull,
        @Nullable PinSource pinSourceOrNull) implements KeyRef {

    /// The token's label, if the URI names it.
    public Optional<String> token() {
        return Optional.ofNullable(tokenOrNull);
    }

    /// The token's manufacturer, if the URI names it.
    public Optional<String> manufacturer() {
        return Optional.ofNullable(manufacturerOrNull);
    }

    /// The token's model, if the URI names it.
    public Optional<String> model() {
        return Optional.ofNullable(modelOrNull);
    }

    /// The token's serial number, if the URI names it.
    public Optional<String> serial() {
        return Optional.ofNullable(serialOrNull);
    }

    /// The slot's number, if the URI names it.
    public Optional<Long> slotId() {
        return Optional.ofNullable(slotIdOrNull);
    }

    /// The key's label, if the URI names it.
    public Optional<String> object() {
        return Optional.ofNullable(objectOrNull);
    }

    /// The key's CKA_ID, if the URI names it.
    public Optional<Bytes> id() {
        return Optional.ofNullable(idOrNull);
    }

    /// The module's path, if the URI names it.
    public Optional<String> modulePath() {
        return Optional.ofNullable(modulePathOrNull);
    }

    /// Where the PIN is, if the URI says.
    public Optional<PinSource> pinSource() {
        return Optional.ofNullable(pinSourceOrNull);
    }
}
