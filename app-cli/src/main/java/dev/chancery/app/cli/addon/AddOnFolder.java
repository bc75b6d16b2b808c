package dev.chancery.app.cli.addon;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// The folder of add-ons beside the program's own jars. Nothing else is ever searched: what is loaded from here runs with all the
/// program's rights, so the place can't be named by a key reference, a file or the working directory.
public final class AddOnFolder {
    private final Path folder;

    /// @param folder holds one folder of jars for each scheme
    public AddOnFolder(Path folder) {
        this.folder = folder;
    }

    /// The folder `addons` beside the jar this class is in, or the one that the system property `chancery.addons` names, which whoever
    /// starts the virtual machine controls anyway.
    public static AddOnFolder ofThisProgram() {
        String given = System.getProperty("chancery.addons");
        if (given != null) {
            return new AddOnFolder(Path.of(given));
        }
        CodeSource source = AddOnFolder.class.getProtectionDomain().getCodeSource();
        Path jar = source == null ? Path.of("") : Path.of(URI.create(source.getLocation().toString()));
        return new AddOnFolder(jar.resolveSibling("addons"));
    }

    /// Loads the back end for a scheme. Its classes see the program's own; the program's never see them.
    ///
    /// @param scheme also the folder's name
    /// @throws KeyException.BackendUnusable when it isn't installed or doesn't start
    KeyBackend load(String scheme, KeyBackendProvider.Surroundings surroundings) throws KeyException {
        Path addOn = folder.resolve(scheme);
        if (!Files.isDirectory(addOn)) {
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.ADD_ON_MISSING, "keys of " + scheme + ": cannot be reached",
                    "this is the core distribution, and there is no folder " + addOn, "install the full distribution, or its add-on there"), null);
        }
        URLClassLoader loader = loader(addOn, scheme);
        try {
            for (KeyBackendProvider provider : ServiceLoader.load(KeyBackendProvider.class, loader)) {
                if (provider.schemes().contains(scheme)) {
                    return provider.backend(surroundings);
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw unusable(addOn, scheme, String.valueOf(e.getMessage()), e);
        }
        throw unusable(addOn, scheme, "it has no back end for " + scheme + ":", null);
    }

    /// Never closed: the back end lives as long as the process.
    @SuppressWarnings("resource")
    private static URLClassLoader loader(Path addOn, String scheme) throws KeyException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(addOn, "*.jar")) {
            for (Path jar : found) {
                jars.add(jar.toUri().toURL());
            }
        } catch (IOException e) {
            throw unusable(addOn, scheme, "it cannot be read", e);
        }
        // The order in a folder is chance; classes that two jars have must not depend on it.
        jars.sort((first, second) -> first.toString().compareTo(second.toString()));
        return new URLClassLoader("add-on " + scheme, jars.toArray(URL[]::new), KeyBackendProvider.class.getClassLoader());
    }

    private static KeyException unusable(Path addOn, String scheme, String why, @Nullable Throwable cause) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.ADD_ON_UNUSABLE, "keys of " + scheme + ": cannot be reached",
                "the add-on in " + addOn + " does not start: " + why, "replace the folder by the one of this version's distribution"), cause);
    }
}
