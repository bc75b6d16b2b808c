package dev.chancery.domain.key;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.text.SafeText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the URIs of keys in services. What cosign takes is taken and means the same, except where a service could never have such a
/// name. Beyond cosign, a URI that stops before the key names them all, for listing, and a Vault key may have a version.
final class ServiceKeyUris {
    private static final String HOST = "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})(?::[0-9]{1,5})?)";
    /// AWS KMS developer guide, *Key identifiers (KeyId)*: a UUID, or `mrk-` and 32 hexadecimal digits; aliases of `[a-zA-Z0-9/_-]+`.
    private static final String AWS_KEY_ID = "[A-Fa-f0-9]{8}(?:-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}|mrk-[A-Fa-f0-9]{32}";
    private static final String AWS_ALIAS = "alias/[A-Za-z0-9/_-]{1,250}";
    private static final Pattern AWS = Pattern.compile("//(" + HOST + ")?/(" + AWS_KEY_ID + "|" + AWS_ALIAS
            + "|arn:aws(?:-[a-z-]+)?:kms:[a-z0-9-]+:[0-9]{12}:(?:key/(?:" + AWS_KEY_ID + ")|" + AWS_ALIAS + "))?");
    /// Cloud KMS REST reference: ids of rings, keys and versions are `[a-zA-Z0-9_-]{1,63}`; a project's may hold a domain (`example.com:p`).
    private static final Pattern GOOGLE = Pattern.compile("//(projects/[A-Za-z0-9.:_-]{1,100}/locations/[a-z0-9-]{1,63}"
            + "/keyRings/[A-Za-z0-9_-]{1,63})(?:/cryptoKeys/([A-Za-z0-9_-]{1,63})(?:/(?:cryptoKeyVersions|versions)/([1-9][0-9]{0,9}))?)?");
    /// Key Vault REST reference: a key's name is `[0-9a-zA-Z-]{1,127}`, its version 32 lower-case hexadecimal digits.
    private static final Pattern AZURE = Pattern.compile("//(" + HOST + ")(?:/([0-9A-Za-z-]{1,127})(?:/([a-z0-9]{1,64})?)?)?/?");
    private static final Pattern VAULT = Pattern.compile("//(?:([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,254}[A-Za-z0-9_])?)(?:/versions/([1-9][0-9]{0,8}))?)?");

    private ServiceKeyUris() {}

    static AwsKmsKeyRef aws(String text, String rest) throws KeyRefException {
        Matcher found = match(AWS, text, rest, "awskms://[ENDPOINT]/KEY, where KEY is a key id, alias/NAME or an ARN, such as awskms:///alias/release");
        return new AwsKmsKeyRef(text, found.group(1), found.group(2));
    }

    static GcpKmsKeyRef google(String text, String rest) throws KeyRefException {
        Matcher found = match(GOOGLE, text, rest,
                "gcpkms://projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY, and /cryptoKeyVersions/N for one version");
        return new GcpKmsKeyRef(text, found.group(1), found.group(2), found.group(3));
    }

    static AzureKmsKeyRef azure(String text, String rest) throws KeyRefException {
        Matcher found = match(AZURE, text, rest, "azurekms://VAULT.vault.azure.net/KEY, and /VERSION for one version");
        return new AzureKmsKeyRef(text, found.group(1), found.group(2), found.group(3));
    }

    static HashiVaultKeyRef vault(String text, String rest) throws KeyRefException {
        Matcher found = match(VAULT, text, rest, "hashivault://KEY, where KEY is a key's name in the transit engine; the server is named by VAULT_ADDR");
        return new HashiVaultKeyRef(text, found.group(1), found.group(2) == null ? null : Integer.valueOf(found.group(2)));
    }

    private static Matcher match(Pattern pattern, String text, String rest, String grammar) throws KeyRefException {
        Matcher matcher = pattern.matcher(rest);
        if (matcher.matches()) {
            return matcher;
        }
        // What stands before an @ may be a password that somebody put where a web address would have one.
        String shown = rest.indexOf('@') >= 0 ? text.substring(0, text.indexOf(':')) + ":…" : SafeText.oneLine(text);
        throw new KeyRefException(new Problem(ErrorCode.KEY_URI_MALFORMED, "the key URI " + shown + " cannot be read",
                rest.startsWith("//") ? "the part after // is not of the form that names such a key" : "after the scheme comes //",
                "write " + grammar));
    }
}
