package dev.chancery.adapters.oci;

import dev.chancery.adapters.oci.auth.CredentialFiles;
import dev.chancery.adapters.oci.http.Connections;
import dev.chancery.adapters.oci.http.RegistryHttp;
import dev.chancery.adapters.oci.http.Timing;
import dev.chancery.adapters.oci.layout.Layouts;
import dev.chancery.adapters.oci.registry.RegistryRepository;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Opens registries, layouts and archives. Thread-safe. One client a host, so that connections and tokens are used again.
public final class OciRepositories implements Repositories {
    private final Function<String, @Nullable String> environment;
    private final Path home;
    private final Timing timing;
    private final Connections connections;
    private final Map<Host, RegistryHttp> hosts = new HashMap<>();

    /// @param home where the user's files lie
    public OciRepositories(Function<String, @Nullable String> environment, Path home, Timing timing) {
        this.environment = environment;
        this.home = home;
        this.timing = timing;
        this.connections = new Connections(List.of(home.resolve(".config/containers/certs.d"), Path.of("/etc/containers/certs.d"),
                Path.of("/etc/docker/certs.d")), timing);
    }

    private record Host(String name, RegistryAccess access) {}

    @Override
    public Repository open(OciPlace place, RegistryAccess access) throws RegistryException {
        return switch (place) {
            case OciPlace.Registry registry -> new RegistryRepository(http(registry.host(), access), registry);
            case OciPlace.Layout(String path) -> Layouts.folder(path);
            case OciPlace.Archive(String path) -> Layouts.archive(path);
        };
    }

    @Override
    public Repository openForWriting(OciPlace place, RegistryAccess access) throws RegistryException {
        return switch (place) {
            case OciPlace.Registry registry -> open(registry, access);
            case OciPlace.Layout(String path) -> Layouts.folderForWriting(path);
            case OciPlace.Archive(String path) -> Layouts.archiveForWriting(path);
        };
    }

    private RegistryHttp http(String host, RegistryAccess access) throws RegistryException {
        synchronized (hosts) {
            Host key = new Host(host, access);
            RegistryHttp known = hosts.get(key);
            if (known == null) {
                known = new RegistryHttp(connections.base(host, access), host, connections.client(host, access),
                        CredentialFiles.of(access.credentialsOrNull(), environment, home), timing);
                hosts.put(key, known);
            }
            return known;
        }
    }
}
