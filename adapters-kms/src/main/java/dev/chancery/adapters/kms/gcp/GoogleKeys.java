package dev.chancery.adapters.kms.gcp;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.GetPublicKeyRequest;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsRequest;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsResponse;
import com.google.cloud.kms.v1.ListCryptoKeysRequest;
import com.google.cloud.kms.v1.ListCryptoKeysResponse;
import com.google.cloud.kms.v1.PublicKey;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.ServiceKey;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what the service tells of keys and versions.
final class GoogleKeys {
    private final GoogleClients clients;
    private final PublicKeyDecoder decoder;

    GoogleKeys(GoogleClients clients, PublicKeyDecoder decoder) {
        this.clients = clients;
        this.decoder = decoder;
    }

    /// A version that signs, with its public half.
    ServiceKey read(CryptoKeyVersion version, Duration timeLimit) throws ServiceFailure {
        SignatureAlgorithm algorithm = GoogleAlgorithms.of(version.getAlgorithm()).orElseThrow(() -> version.getAlgorithm().name().contains("SIGN")
                ? ServiceFailure.of(Fault.ALGORITHM, "the version's algorithm is " + version.getAlgorithm() + ", which is not used here", null)
                : ServiceFailure.of(Fault.USAGE_WRONG, "the version's algorithm is " + version.getAlgorithm() + ", which does not sign", null));
        PublicKey answer = clients.call(KeyManagementServiceClient::getPublicKeyCallable, GetPublicKeyRequest.newBuilder().setName(version.getName()).build(),
                timeLimit, "cloudkms.cryptoKeyVersions.viewPublicKey", version.getName());
        if (!answer.getName().equals(version.getName())) {
            throw ServiceFailure.of(Fault.OTHER_KEY, version.getName() + " was asked, and " + answer.getName() + " answered", null);
        }
        Checksums.check(answer.getPemBytes(), answer.hasPemCrc32C(), answer.getPemCrc32C(), "the public key");
        try {
            return key(version, decoder.decodePem(Bytes.copyOf(answer.getPemBytes().toByteArray())), Set.of(algorithm));
        } catch (PublicKeyException e) {
            throw ServiceFailure.of(Fault.UNSOUND, "the public key of " + version.getName() + " cannot be read", e);
        }
    }

    /// A version in whatever state.
    ServiceKey describe(CryptoKeyVersion version, Duration timeLimit) throws ServiceFailure {
        return version.getState() == CryptoKeyVersionState.ENABLED ? read(version, timeLimit) : key(version, null, Set.of());
    }

    private static ServiceKey key(CryptoKeyVersion version, dev.chancery.domain.key.@Nullable PublicKey publicKey,
            Set<SignatureAlgorithm> algorithms) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("state", version.getState().name()));
        facts.add(new Fact("protectionLevel", version.getProtectionLevel().name()));
        facts.add(new Fact("algorithm", version.getAlgorithm().name()));
        if (version.hasAttestation()) {
            facts.add(new Fact("attestation", version.getAttestation().getFormat() + ", " + version.getAttestation().getContent().size()
                    + " bytes, SHA-256 " + HashAlgorithm.SHA_256.digest(
                            Bytes.copyOf(version.getAttestation().getContent().toByteArray())).value().toHex()));
        }
        String[] parts = version.getName().split("/", -1);
        return new ServiceKey("gcpkms://" + version.getName(), version.getName(), parts[7], publicKey, algorithms, facts);
    }

    /// The number at the end of a version's name.
    static long number(CryptoKeyVersion version) {
        String name = version.getName();
        try {
            return Long.parseLong(name.substring(name.lastIndexOf('/') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /// Every version of a key.
    List<CryptoKeyVersion> versions(String key, Duration timeLimit) throws ServiceFailure {
        List<CryptoKeyVersion> versions = new ArrayList<>();
        String page = "";
        do {
            ListCryptoKeyVersionsResponse answer = clients.call(KeyManagementServiceClient::listCryptoKeyVersionsCallable,
                    ListCryptoKeyVersionsRequest.newBuilder().setParent(key).setPageToken(page).build(),
                    timeLimit, "cloudkms.cryptoKeyVersions.list", key);
            for (CryptoKeyVersion version : answer.getCryptoKeyVersionsList()) {
                if (!version.getName().startsWith(key + "/cryptoKeyVersions/")) {
                    throw ServiceFailure.of(Fault.UNSOUND, "a version of another key was listed for " + key, null);
                }
                versions.add(version);
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return versions;
    }

    /// Every version of every signing key of a ring, except those that are gone.
    List<ServiceKey> list(String keyRing, Duration timeLimit) throws ServiceFailure {
        List<ServiceKey> found = new ArrayList<>();
        String page = "";
        do {
            ListCryptoKeysResponse answer = clients.call(KeyManagementServiceClient::listCryptoKeysCallable,
                    ListCryptoKeysRequest.newBuilder().setParent(keyRing).setPageToken(page).build(), timeLimit, "cloudkms.cryptoKeys.list", keyRing);
            for (CryptoKey key : answer.getCryptoKeysList()) {
                if (key.getPurpose() == CryptoKey.CryptoKeyPurpose.ASYMMETRIC_SIGN) {
                    for (CryptoKeyVersion version : versions(key.getName(), timeLimit)) {
                        if (version.getState() != CryptoKeyVersionState.DESTROYED && GoogleAlgorithms.of(version.getAlgorithm()).isPresent()) {
                            found.add(describe(version, timeLimit));
                        }
                    }
                }
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return found;
    }
}
