package dev.chancery.adapters.kms.gcp;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.GetPublicKeyRequest;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyOperationAttestation;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsRequest;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsResponse;
import com.google.cloud.kms.v1.ListCryptoKeysRequest;
import com.google.cloud.kms.v1.ListCryptoKeysResponse;
import com.google.cloud.kms.v1.ProtectionLevel;
import com.google.cloud.kms.v1.PublicKey;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.PemCertificates;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.ServiceKey;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Attestation;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

    /// What the service says of a version's past: HSM versions come with an attestation by the HSM's maker and the certificates above it
    /// (*Attesting keys*), software ones and those elsewhere with nothing. An import job means that somebody had the key before.
    KeyEvidence evidence(CryptoKeyVersion version, Duration timeLimit) throws ServiceFailure {
        boolean hardware = version.getProtectionLevel() == ProtectionLevel.HSM || version.getProtectionLevel() == ProtectionLevel.HSM_SINGLE_TENANT;
        boolean imported = !version.getImportJob().isEmpty();
        Claim kept = hardware ? imported ? Claim.NO : Claim.YES : Claim.NOT_SAID;
        Claim inside = hardware || imported ? imported ? Claim.NO : Claim.YES : Claim.NOT_SAID;
        List<Fact> device = new ArrayList<>();
        device.add(new Fact("device", "Google Cloud KMS"));
        device.add(new Fact("protectionLevel", version.getProtectionLevel().name()));
        if (imported) {
            device.add(new Fact("importJob", version.getImportJob()));
        }
        List<Bytes> certificates = new ArrayList<>();
        List<Attestation> attestations = new ArrayList<>();
        if (version.hasAttestation()) {
            KeyOperationAttestation given = version.getAttestation();
            attestations.add(new Attestation(given.getFormat().name(), Bytes.copyOf(given.getContent().toByteArray())));
            for (String pem : Stream.of(given.getCertChains().getCaviumCertsList(), given.getCertChains().getGoogleCardCertsList(),
                    given.getCertChains().getGooglePartitionCertsList()).flatMap(List::stream).toList()) {
                certificates.addAll(PemCertificates.of(pem, "the attestation of " + version.getName()));
            }
        }
        return new KeyEvidence(describe(version, timeLimit).description(), inside, kept, kept, device, certificates, attestations);
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
