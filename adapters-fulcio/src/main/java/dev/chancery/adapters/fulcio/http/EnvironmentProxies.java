package dev.chancery.adapters.fulcio.http;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.sigstore.ServiceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Chooses proxies as curl and Go do: `HTTPS_PROXY` and `HTTP_PROXY` by the scheme of the target (in lower case too), none for hosts in
/// `NO_PROXY`, and never one for this machine.
final class EnvironmentProxies extends ProxySelector {
    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final @Nullable Proxy forHttps;
    private final @Nullable Proxy forHttp;
    private final List<String> without;

    private EnvironmentProxies(@Nullable Proxy forHttps, @Nullable Proxy forHttp, List<String> without) {
        this.forHttps = forHttps;
        this.forHttp = forHttp;
        this.without = without;
    }

    static EnvironmentProxies of(Function<String, @Nullable String> environment) throws ServiceException.Untrusted {
        String without = value(environment, "NO_PROXY");
        return new EnvironmentProxies(proxy(environment, "HTTPS_PROXY"), proxy(environment, "HTTP_PROXY"),
                Arrays.stream(without.split(",", -1)).map(name -> name.strip().toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty()).toList());
    }

    private static String value(Function<String, @Nullable String> environment, String name) {
        String upper = environment.apply(name);
        String value = upper != null && !upper.isEmpty() ? upper : environment.apply(name.toLowerCase(Locale.ROOT));
        return value == null ? "" : value;
    }

    private static @Nullable Proxy proxy(Function<String, @Nullable String> environment, String name) throws ServiceException.Untrusted {
        String value = value(environment, name);
        if (value.isEmpty()) {
            return null;
        }
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort()));
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the value, which may hold a password.
        }
        throw new ServiceException.Untrusted(new Problem(ErrorCode.EVIDENCE_SERVICE_UNTRUSTED, "no service was asked",
                name + " is not a proxy that can be used here", "write http://HOST:PORT; a user name and password are not supported"), null);
    }

    @Override
    public List<Proxy> select(URI uri) {
        Proxy proxy = "https".equalsIgnoreCase(uri.getScheme()) ? forHttps : forHttp;
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return proxy == null || Urls.isLoopback(host) || isWithout(host) ? DIRECT : List.of(proxy);
    }

    private boolean isWithout(String host) {
        return without.stream().anyMatch(name -> name.equals("*") || host.equals(stripDot(name)) || host.endsWith("." + stripDot(name)));
    }

    private static String stripDot(String name) {
        return name.startsWith(".") ? name.substring(1) : name;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // The failure itself reaches whoever asked.
    }
}
