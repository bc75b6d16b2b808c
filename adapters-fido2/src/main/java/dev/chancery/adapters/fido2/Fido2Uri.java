package dev.chancery.adapters.fido2;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.ports.key.KeyException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A `fido2:` reference: `fido2:[RPID][?NAME=VALUE[&NAME=VALUE]…]`, values percent-encoded (RFC 3986 §2.1).
///
/// @param text as given; it can't hold a PIN, because such a reference is refused
/// @param rpId the relying party; empty where the credential's file says, or where all are meant
/// @param values by the names in [#NAMES]
record Fido2Uri(String text, String rpId, Map<String, String> values) {
    static final String SCHEME = "fido2";

    private static final String FILE = "file";
    private static final String CREDENTIAL = "credential";
    private static final String DEVICE = "device";
    private static final String NAME = "name";
    private static final String ORIGIN = "origin";
    private static final String RESIDENT = "resident";
    private static final String VERIFICATION = "verification";
    private static final Set<String> NAMES = Set.of(FILE, CREDENTIAL, DEVICE, NAME, ORIGIN, RESIDENT, VERIFICATION);
    private static final String GRAMMAR = "write fido2:RPID?file=PATH, such as 'fido2:sign.example.com?file=cem.fido2.json&name=cem'";

    Fido2Uri {
        values = Map.copyOf(values);
    }

    static boolean isOne(KeyRef ref) {
        return ref instanceof KeyRef.Other(String scheme, String _) && scheme.equals(SCHEME);
    }

    /// Reads a reference.
    ///
    /// @throws KeyException when it is malformed or holds a PIN
    static Fido2Uri parse(KeyRef ref) throws KeyException {
        String text = ref.text();
        String rest = text.substring(text.indexOf(':') + 1);
        int question = rest.indexOf('?');
        String rpId = question < 0 ? rest : rest.substring(0, question);
        if (!rpId.isEmpty() && !RelyingParty.isDomain(rpId)) {
            throw malformed("expected a relying party, a domain in lower case, found " + rpId);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : question < 0 || question == rest.length() - 1 ? new String[0] : rest.substring(question + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (name.startsWith("pin")) {
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.PIN_IN_URI, "the key reference was not used", "a PIN in it would be seen by others: in lists of "
                        + "processes and in the shell's history", "leave it out; the program asks for the PIN, or takes CHANCERY_PIN"), null);
            }
            if (equals < 0 || !NAMES.contains(name)) {
                throw malformed("expected one of " + NAMES.stream().sorted().toList() + " with a value, found " + name);
            }
            if (values.put(name, decoded(pair.substring(equals + 1))) != null) {
                throw malformed("expected each name once, found " + name + " twice");
            }
        }
        Fido2Uri uri = new Fido2Uri(text, rpId, values);
        uri.check();
        return uri;
    }

    private void check() throws KeyException {
        credential();
        if (!Set.of("yes", "no").contains(values.getOrDefault(RESIDENT, "no"))) {
            throw malformed("expected resident=yes or resident=no, found " + values.get(RESIDENT));
        }
        if (!Set.of("required", "none").contains(values.getOrDefault(VERIFICATION, "required"))) {
            throw malformed("expected verification=required or verification=none, found " + values.get(VERIFICATION));
        }
        if (!rpId.isEmpty() && origin().isPresent() && !RelyingParty.belongs(origin().get(), rpId)) {
            throw malformed("expected an origin of " + rpId + ", found " + origin().get());
        }
    }

    private static String decoded(String value) throws KeyException {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw malformed("expected two hexadecimal digits after each %, found others in " + value);
        }
    }

    static KeyException malformed(String why) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.KEY_URI_MALFORMED, "the fido2: reference cannot be used", why, GRAMMAR), null);
    }

    /// The reference that names exactly one credential.
    static String of(String rpId, Bytes credentialId) {
        return SCHEME + ":" + rpId + "?" + CREDENTIAL + "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(credentialId.toByteArray());
    }

    /// The reference that names a credential by its file.
    static String ofFile(String rpId, String file) {
        return SCHEME + ":" + rpId + "?" + FILE + "=" + encoded(file);
    }

    /// The reference that names a security key.
    static String ofDevice(String device) {
        return SCHEME + ":?" + DEVICE + "=" + encoded(device);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/").replace("%3A", ":");
    }

    /// Where what is kept of the credential is, or shall be.
    Optional<String> file() {
        return Optional.ofNullable(values.get(FILE));
    }

    /// The credential's id.
    Optional<Bytes> credential() throws KeyException {
        String value = values.get(CREDENTIAL);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Bytes.copyOf(Base64.getUrlDecoder().decode(value)));
        } catch (IllegalArgumentException _) {
            throw malformed("expected base64url in credential, found other characters");
        }
    }

    /// Which security key, by the beginning of its name.
    Optional<String> device() {
        return Optional.ofNullable(values.get(DEVICE));
    }

    /// The user's name in a new credential.
    Optional<String> name() {
        return Optional.ofNullable(values.get(NAME));
    }

    /// What the client data says.
    Optional<String> origin() {
        return Optional.ofNullable(values.get(ORIGIN));
    }

    /// Whether the security key shall remember a new credential.
    boolean resident() {
        return values.getOrDefault(RESIDENT, "no").equals("yes");
    }

    /// Whether the security key must verify its user.
    boolean verification() {
        return values.getOrDefault(VERIFICATION, "required").equals("required");
    }
}
