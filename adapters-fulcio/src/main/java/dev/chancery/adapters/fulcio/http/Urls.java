package dev.chancery.adapters.fulcio.http;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.URI;

/// The URLs of services.
public final class Urls {
    private Urls() {}

    /// Whether a host name is this machine's own.
    public static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /// A URL that requests can go to.
    ///
    /// @param service for messages
    /// @throws ServiceException.Untrusted when it is none of http or https with a host
    public static URI of(String url, String service) throws ServiceException.Untrusted {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && uri.getRawUserInfo() == null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ServiceException.Untrusted(new Problem(ErrorCode.EVIDENCE_SERVICE_UNTRUSTED, service + " was not asked",
                "expected an http or https URL with a host and without a password, found " + url, "correct the signing configuration"), null);
    }

    /// A URL that secrets can go to.
    ///
    /// @throws ServiceException.Untrusted when it is anything but https, or this machine
    public static URI forSecrets(String url, String service) throws ServiceException.Untrusted {
        URI uri = of(url, service);
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !isLoopback(uri.getHost())) {
            throw new ServiceException.Untrusted(new Problem(ErrorCode.EVIDENCE_SERVICE_UNTRUSTED, service + " was not asked",
                    "an identity token would have gone to " + url + " unencrypted", "use an https URL"), null);
        }
        return uri;
    }

    /// A place below a URL.
    ///
    /// @param path without a slash at its start
    public static URI below(URI base, String path) {
        String text = base.toString();
        return URI.create(text.endsWith("/") ? text + path : text + "/" + path);
    }
}
