package dev.chancery.adapters.oci.http;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a host is reached: by TLS, with the system's authorities and those named for it, or by plain HTTP on loopback.
///
/// Authorities and client certificates are also found where docker and podman keep them: `HOST/*.crt`, `HOST/*.cert` with `HOST/*.key`
/// below `/etc/docker/certs.d` and `/etc/containers/certs.d` (containers-certs.d.5.md).
public final class Connections {
    private static final String DOCKER_HUB = "registry-1.docker.io";

    private final List<Path> folders;
    private final Timing timing;

    /// @param folders where a folder for a host may lie
    public Connections(List<Path> folders, Timing timing) {
        this.folders = List.copyOf(folders);
        this.timing = timing;
    }

    /// The address of a host's API.
    public URI base(String host, RegistryAccess access) {
        String api = host.equals("docker.io") || host.equals("index.docker.io") ? DOCKER_HUB : host;
        return URI.create((speaksPlainHttp(host, access) ? "http://" : "https://") + api + "/");
    }

    private boolean speaksPlainHttp(String host, RegistryAccess access) {
        return access.plainHttp() || isLoopback(host) && access.authorities().isEmpty() && access.certificateOrNull() == null && folder(host).isEmpty();
    }

    private static boolean isLoopback(String host) {
        String name = host.replaceFirst(":[0-9]+$", "").toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
    }

    private Optional<Path> folder(String host) {
        return folders.stream().map(folder -> folder.resolve(host)).filter(Files::isDirectory).findFirst();
    }

    /// A client for a host.
    ///
    /// @throws RegistryException.Unusable when certificates or keys can't be used
    public HttpClient client(String host, RegistryAccess access) throws RegistryException.Unusable {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(timing.connect()).followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (!speaksPlainHttp(host, access)) {
            Optional<TlsMaterial> material = material(host, access);
            if (material.isPresent()) {
                builder.sslContext(material.get().context());
            }
        }
        return builder.build();
    }

    private Optional<TlsMaterial> material(String host, RegistryAccess access) throws RegistryException.Unusable {
        if ((access.certificateOrNull() == null) != (access.keyOrNull() == null)) {
            throw unusable("a client certificate and its key go together, and one of them was given", null);
        }
        TlsMaterial material = new TlsMaterial();
        boolean any = false;
        Optional<Path> folder = folder(host);
        if (folder.isPresent()) {
            any = addFolder(folder.get(), material);
        }
        if (access.authorities().isPresent()) {
            material.addAuthorities(access.authorities().get());
            any = true;
        }
        if (access.certificateOrNull() != null && access.keyOrNull() != null) {
            material.setClient(access.certificateOrNull(), access.keyOrNull());
            any = true;
        }
        return any ? Optional.of(material) : Optional.empty();
    }

    private static boolean addFolder(Path folder, TlsMaterial material) throws RegistryException.Unusable {
        boolean any = false;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".crt")) {
                    material.addAuthorities(file);
                    any = true;
                } else if (name.endsWith(".cert")) {
                    material.setClient(file, folder.resolve(name.substring(0, name.length() - ".cert".length()) + ".key"));
                    any = true;
                }
            }
        } catch (IOException e) {
            throw unusable(folder + " cannot be read", e);
        }
        return any;
    }

    static RegistryException.Unusable unusable(String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new RegistryException.Unusable(new Problem(ErrorCode.REGISTRY_SETTING, "nothing was asked of the registry", why,
                "check the files named by --registry-ca, --registry-cert and --registry-key, and those in certs.d"), cause);
    }
}
