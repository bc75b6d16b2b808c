package dev.chancery.adapters.keys.jca;

import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One store of the configuration (see the package).
///
/// @param name what references call it
/// @param providerClassOrNull the provider's class; null when it has a name instead
/// @param providerNameOrNull an installed provider's name
/// @param providerPath jars the class is looked for in; empty for the program's own class path
/// @param providerConfigOrNull what the provider is configured with
/// @param type the key store's type
/// @param fileOrNull what the store is loaded from
/// @param pinRequired whether a PIN is asked for
/// @param signatures the provider's names of signatures, where they aren't the usual ones
public record JcaStore(String name, @Nullable String providerClassOrNull, @Nullable String providerNameOrNull, List<String> providerPath,
        @Nullable String providerConfigOrNull, String type, @Nullable String fileOrNull, boolean pinRequired,
        Map<SignatureAlgorithm, String> signatures) {
    public JcaStore {
        providerPath = List.copyOf(providerPath);
        signatures = Map.copyOf(signatures);
    }
}
