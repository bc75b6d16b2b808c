package dev.chancery.adapters.oci.http;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What goes wrong on the way to a registry, as the port's exceptions: the one place of this translation.
public final class Failures {
    private static final int SHOWN = 200;
    private static final int READ = 16 * 1024;

    private Failures() {}

    /// A status that isn't what the call needs.
    public static RegistryException status(Call call, Answer answer) {
        int status = answer.status();
        String said = "the registry answered " + status + said(answer).map(text -> ": " + text).orElse("");
        String what = call.description() + " was refused";
        return switch (status) {
            case 401 -> new RegistryException.Denied(new Problem(ErrorCode.REGISTRY_UNAUTHORIZED, what, said,
                    "log in to this registry, or name the file with the login by --registry-config FILE"), null);
            case 403, 405 -> new RegistryException.Denied(new Problem(ErrorCode.REGISTRY_DENIED, what, said,
                    "ask for the permission, or log in as another user"), null);
            case 404 -> new RegistryException.Absent(new Problem(ErrorCode.ARTIFACT_ABSENT, call.description() + " found nothing", said,
                    "check the name, the tag and the digest"));
            case 429, 503 -> new RegistryException.Throttled(new Problem(ErrorCode.REGISTRY_THROTTLED,
                    call.description() + " was not answered in time", said, "try again later, or log in for a higher limit"), null);
            default -> new RegistryException.Failed(new Problem(ErrorCode.REGISTRY_FAILED, call.description() + " failed", said,
                    "look at the registry's log; nothing is wrong with keys or signatures"), null);
        };
    }

    /// The message in a registry's error (distribution spec, *Error Codes*).
    private static Optional<String> said(Answer answer) {
        return error(answer.beginning(READ)).map(text -> text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }

    /// The code and message of a registry's own error; nothing when the body isn't one.
    static Optional<String> error(Bytes body) {
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(body, READ), "");
            List<JsonFields> errors = fields.objects("errors", 100);
            if (errors.isEmpty()) {
                return Optional.empty();
            }
            JsonFields first = errors.getFirst();
            return Optional.of(first.text("code").orElse("") + " " + first.text("message").orElse(""));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /// Whether an answer with status 404 is the registry's own *no*, and not that of something before it.
    public static boolean isRegistrysOwn(Answer answer) {
        return error(answer.beginning(READ)).isPresent();
    }

    /// The connection didn't come about, or ended.
    public static RegistryException.Unreachable broken(Call call, IOException e) {
        String what = call.description() + " had no answer";
        @Nullable SSLException tls = tls(e);
        if (tls != null) {
            return new RegistryException.Unreachable(new Problem(ErrorCode.REGISTRY_TLS, what, reason(tls),
                    "name the registry's authority with --registry-ca FILE; --plain-http is for registries without TLS"), e);
        }
        return new RegistryException.Unreachable(new Problem(ErrorCode.REGISTRY_UNREACHABLE, what, reason(e),
                "check the host, the port and the way there"), e);
    }

    private static @Nullable SSLException tls(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof SSLException found) {
                return found;
            }
        }
        return null;
    }

    private static String reason(Exception e) {
        return switch (e) {
            case HttpTimeoutException _ -> "it took too long";
            case ConnectException _ -> "no connection came about" + (e.getMessage() == null ? "" : ": " + e.getMessage());
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /// An answer that the protocol doesn't allow.
    public static RegistryException.Unsound unsound(Call call, String why, @Nullable Throwable cause) {
        return new RegistryException.Unsound(new Problem(ErrorCode.REGISTRY_ANSWER_UNSOUND, call.description() + " was answered with nonsense",
                why, "check that this is the registry's address; a proxy may answer in its place"), cause);
    }

    /// Content that isn't what was promised.
    public static RegistryException.Unsound mismatch(String what, String expected, String found) {
        return new RegistryException.Unsound(new Problem(ErrorCode.CONTENT_MISMATCH, what + " was thrown away",
                "expected " + expected + ", found " + found, "the registry, its storage or a cache is damaged or hostile: use another copy"), null);
    }
}
