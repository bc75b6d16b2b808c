package dev.chancery.adapters.kms.service;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What one vendor's service can be asked. Implementations are thread-safe, block, repeat nothing by themselves, and translate every
/// error of their client library into a [ServiceFailure].
///
/// @param <R> the vendor's references
public interface KeyService<R extends KeyRef> {
    /// The references that mean this service.
    Class<R> references();

    /// Whether a reference names one key, and not all keys of a place.
    boolean namesOneKey(R ref);

    /// The key a reference names, its version settled, with its public half: everything that signing with it needs to know.
    ///
    /// @throws ServiceFailure with NOT_FOUND when there is none
    ServiceKey find(R ref, Duration timeLimit) throws ServiceFailure;

    /// The same with all there is to know about it, for people.
    default ServiceKey describe(R ref, Duration timeLimit) throws ServiceFailure {
        return find(ref, timeLimit);
    }

    /// All signing keys of the place a reference names, in a stable order.
    List<ServiceKey> list(R ref, Duration timeLimit) throws ServiceFailure;

    /// The kinds of key it makes.
    Set<KeySpec> generatable();

    /// Makes a key under the name a reference gives.
    ///
    /// @param steps through which each request that isn't safe to repeat together with the ones before it is made
    /// @throws ServiceFailure with EXISTS when there is one
    ServiceKey generate(R ref, KeySpec spec, Steps steps) throws ServiceFailure;

    /// Makes a new version of the key that a reference names, of the same kind, and has the reference mean it. Old versions stay.
    ///
    /// @param steps as for [#generate]
    /// @return the new version
    ServiceKey rotate(R ref, Steps steps) throws ServiceFailure;

    /// What the service says of where a key was made and whether it could ever leave.
    KeyEvidence evidence(R ref, Duration timeLimit) throws ServiceFailure;

    /// Makes one signature, by one request, and checks that the answer is for exactly this key.
    ///
    /// @param algorithm one of the key's own
    /// @return DER for ECDSA, the plain bytes for the others
    Bytes sign(R ref, ServiceKey key, SignatureAlgorithm algorithm, SigningInput input, Duration timeLimit) throws ServiceFailure;
}
