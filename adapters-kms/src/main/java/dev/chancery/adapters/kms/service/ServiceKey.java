package dev.chancery.adapters.kms.service;

import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One version of one key in a service, as the service tells it.
///
/// @param uri the reference that names exactly this version
/// @param handle what the service calls it in requests and answers
/// @param label the name people gave it; may be empty
/// @param publicKeyOrNull its public half; null when the service doesn't tell it, as for a disabled key
/// @param algorithms what it signs with; none when it can't sign now
/// @param facts what else there is to know
public record ServiceKey(
        String uri,
        String handle,
        String label,
        @Nullable PublicKey publicKeyOrNull,
        Set<SignatureAlgorithm> algorithms,
        List<KeyDescription.Fact> facts) {

    public ServiceKey {
        algorithms = Set.copyOf(algorithms);
        facts = List.copyOf(facts);
    }

    /// Its public half.
    public Optional<PublicKey> publicKey() {
        return Optional.ofNullable(publicKeyOrNull);
    }

    /// The same in the words of the port.
    public KeyDescription description() {
        return new KeyDescription(uri, label,
                publicKeyOrNull == null ? null : new ExpectedKey(publicKeyOrNull, ExpectedKey.Source.SERVICE), facts);
    }
}
