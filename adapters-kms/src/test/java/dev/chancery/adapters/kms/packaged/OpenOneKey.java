package dev.chancery.adapters.kms.packaged;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.ports.key.KeyException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;

/// A program that opens one key with whatever is on its class path and prints the error's code.
final class OpenOneKey {
    private OpenOneKey() {}

    public static void main(String[] args) throws Exception {
        var surroundings = new KeyBackendProvider.Surroundings(System::getenv, Path.of("/nonexistent"), Clock.systemUTC(), new SpkiPublicKeyDecoder());
        for (KeyBackendProvider provider : ServiceLoader.load(KeyBackendProvider.class)) {
            if (provider.schemes().contains(args[0].substring(0, args[0].indexOf(':')))) {
                try {
                    provider.backend(surroundings).open(KeyRef.parse(args[0]), new KeyAccess(_ -> Optional.empty(), Duration.ofSeconds(20), false)).close();
                    System.out.println("opened");
                } catch (KeyException e) {
                    System.out.println(e.problem().code().code());
                    e.printStackTrace(System.out);
                }
                System.exit(0);
            }
        }
        System.out.println("no provider");
    }
}
