package dev.chancery.adapters.kms.gcp;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.kms.v1.AsymmetricSignRequest;
import com.google.cloud.kms.v1.AsymmetricSignResponse;
import com.google.cloud.kms.v1.CreateCryptoKeyRequest;
import com.google.cloud.kms.v1.CreateCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionAlgorithm;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.GetCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.GetPublicKeyRequest;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsRequest;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsResponse;
import com.google.cloud.kms.v1.ListCryptoKeysRequest;
import com.google.cloud.kms.v1.ListCryptoKeysResponse;
import com.google.cloud.kms.v1.ProtectionLevel;
import com.google.cloud.kms.v1.PublicKey;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.fake.FakeKey;
import dev.chancery.adapters.kms.service.Waiting;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Google Cloud KMS in this process: the methods of google.cloud.kms.v1.KeyManagementService that the adapter uses, by the published
/// proto, over gRPC. It behaves as the Cloud KMS RPC reference says: states, "name" of what signed, CRC32C both ways, 64 KiB of data,
/// generation in the background. It does not check identities, quotas or the checksum of a request that has none.
final class FakeGoogleKms implements AutoCloseable {
    static final String RING = "projects/p/locations/europe-west3/keyRings/r";
    private static final String SERVICE = "google.cloud.kms.v1.KeyManagementService";

    private final Map<String, CryptoKeyVersion> versions = new ConcurrentSkipListMap<>();
    private final Map<String, FakeKey> keys = new ConcurrentSkipListMap<>();
    private final AtomicInteger pendingReads = new AtomicInteger();
    private final String name = "kms-" + UUID.randomUUID();
    private final Server server;
    private @Nullable GoogleRest rest;
    private volatile Failures failures = _ -> null;
    private volatile UnaryOperator<AsymmetricSignResponse.Builder> tampering = UnaryOperator.identity();
    private volatile UnaryOperator<PublicKey.Builder> keyTampering = UnaryOperator.identity();

    FakeGoogleKms() throws IOException {
        server = InProcessServerBuilder.forName(name).directExecutor().addService(ServerServiceDefinition.builder(SERVICE)
                .addMethod(method("GetCryptoKeyVersion", GetCryptoKeyVersionRequest.getDefaultInstance(), CryptoKeyVersion.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(answer, "get", () -> version(request.getName()))))
                .addMethod(method("ListCryptoKeyVersions", ListCryptoKeyVersionsRequest.getDefaultInstance(), ListCryptoKeyVersionsResponse.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(answer, "list", () -> listVersions(request))))
                .addMethod(method("ListCryptoKeys", ListCryptoKeysRequest.getDefaultInstance(), ListCryptoKeysResponse.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(answer, "list", () -> listKeys(request))))
                .addMethod(method("GetPublicKey", GetPublicKeyRequest.getDefaultInstance(), PublicKey.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(answer, "publicKey", () -> publicKey(request.getName()))))
                .addMethod(method("CreateCryptoKey", CreateCryptoKeyRequest.getDefaultInstance(), CryptoKey.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(answer, "create", () -> create(request))))
                .addMethod(method("CreateCryptoKeyVersion", CreateCryptoKeyVersionRequest.getDefaultInstance(), CryptoKeyVersion.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(answer, "createVersion", () -> createVersion(request.getParent()))))
                .addMethod(method("AsymmetricSign", AsymmetricSignRequest.getDefaultInstance(), AsymmetricSignResponse.getDefaultInstance()),
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(answer, "sign", () -> sign(request))))
                .build()).build().start();
    }

    /// The adapter, connected to this service.
    GoogleKeyService service(Waiting waiting) {
        GoogleClients clients = new GoogleClients(GoogleClients.Transport.GRPC, settings -> settings.setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(FixedTransportChannelProvider.create(
                        GrpcTransportChannel.create(InProcessChannelBuilder.forName(name).build()))));
        return new GoogleKeyService(clients, new GoogleKeys(clients, new SpkiPublicKeyDecoder()), ProtectionLevel.HSM, waiting);
    }

    /// The adapter, connected over REST.
    GoogleKeyService restService(Waiting waiting) throws IOException {
        rest = new GoogleRest(this);
        String endpoint = rest.endpoint();
        GoogleClients clients = new GoogleClients(GoogleClients.Transport.REST, settings -> settings
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(InstantiatingHttpJsonChannelProvider.newBuilder().setEndpoint(endpoint).build()));
        return new GoogleKeyService(clients, new GoogleKeys(clients, new SpkiPublicKeyDecoder()), ProtectionLevel.HSM, waiting);
    }

    /// Answers one call, whichever way it came.
    <A> A answer(String method, Answer<A> answer) throws GeneralSecurityException {
        Status failure = failures.of(method);
        if (failure != null) {
            throw failure.asRuntimeException();
        }
        return answer.make();
    }

    /// Puts a version there; its number follows the last one.
    String add(String key, CryptoKeyVersionAlgorithm algorithm, FakeKey fake) {
        long number = versions.keySet().stream().filter(name -> name.startsWith(RING + "/cryptoKeys/" + key + "/")).count() + 1;
        String version = RING + "/cryptoKeys/" + key + "/cryptoKeyVersions/" + number;
        versions.put(version, CryptoKeyVersion.newBuilder().setName(version).setAlgorithm(algorithm)
                .setState(CryptoKeyVersionState.ENABLED).setProtectionLevel(ProtectionLevel.HSM).build());
        keys.put(version, fake);
        return version;
    }

    void setState(String version, CryptoKeyVersionState state) {
        versions.computeIfPresent(version, (_, old) -> old.toBuilder().setState(state).build());
    }

    void fail(Failures how) {
        failures = how;
    }

    void tamper(UnaryOperator<AsymmetricSignResponse.Builder> how) {
        tampering = how;
    }

    void tamperKeys(UnaryOperator<PublicKey.Builder> how) {
        keyTampering = how;
    }

    CryptoKeyVersion version(String name) {
        CryptoKeyVersion version = versions.get(name);
        if (version == null) {
            throw Status.NOT_FOUND.withDescription("CryptoKeyVersion " + name + " not found.").asRuntimeException();
        }
        if (version.getState() == CryptoKeyVersionState.PENDING_GENERATION && pendingReads.decrementAndGet() <= 0) {
            setState(name, CryptoKeyVersionState.ENABLED);
        }
        return version;
    }

    ListCryptoKeyVersionsResponse listVersions(ListCryptoKeyVersionsRequest request) {
        ListCryptoKeyVersionsResponse.Builder answer = ListCryptoKeyVersionsResponse.newBuilder();
        versions.keySet().stream().filter(name -> name.startsWith(request.getParent() + "/")).forEach(name -> answer.addCryptoKeyVersions(version(name)));
        if (answer.getCryptoKeyVersionsCount() == 0) {
            throw Status.NOT_FOUND.withDescription("CryptoKey " + request.getParent() + " not found.").asRuntimeException();
        }
        return answer.build();
    }

    /// A page for each key, so that paging is used.
    ListCryptoKeysResponse listKeys(ListCryptoKeysRequest request) {
        var names = versions.keySet().stream().map(name -> name.substring(0, name.indexOf("/cryptoKeyVersions/"))).distinct().sorted().toList();
        int page = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        return ListCryptoKeysResponse.newBuilder()
                .addCryptoKeys(CryptoKey.newBuilder().setName(names.get(page)).setPurpose(CryptoKey.CryptoKeyPurpose.ASYMMETRIC_SIGN))
                .setNextPageToken(page + 1 < names.size() ? Integer.toString(page + 1) : "").build();
    }

    PublicKey publicKey(String name) {
        CryptoKeyVersion version = enabled(name);
        ByteString pem = ByteString.copyFromUtf8(key(name).publicKey().pem());
        return keyTampering.apply(PublicKey.newBuilder().setName(name).setAlgorithm(version.getAlgorithm()).setPemBytes(pem)
                .setPemCrc32C(Checksums.of(pem)).setProtectionLevel(version.getProtectionLevel())).build();
    }

    private FakeKey key(String version) {
        return Objects.requireNonNull(keys.get(version));
    }

    private CryptoKeyVersion enabled(String name) {
        CryptoKeyVersion version = version(name);
        if (version.getState() != CryptoKeyVersionState.ENABLED) {
            throw Status.FAILED_PRECONDITION.withDescription(name + " is not enabled, current state is: " + version.getState() + ".").asRuntimeException();
        }
        return version;
    }

    CryptoKey create(CreateCryptoKeyRequest request) throws GeneralSecurityException {
        String name = request.getParent() + "/cryptoKeys/" + request.getCryptoKeyId();
        if (versions.containsKey(name + "/cryptoKeyVersions/1")) {
            throw Status.ALREADY_EXISTS.withDescription("CryptoKey " + name + " already exists.").asRuntimeException();
        }
        CryptoKeyVersionAlgorithm algorithm = request.getCryptoKey().getVersionTemplate().getAlgorithm();
        String version = add(request.getCryptoKeyId(), algorithm, switch (algorithm) {
            case EC_SIGN_P256_SHA256 -> FakeKey.ec("secp256r1");
            case EC_SIGN_P384_SHA384 -> FakeKey.ec("secp384r1");
            case EC_SIGN_ED25519 -> FakeKey.ed25519();
            case RSA_SIGN_PKCS1_2048_SHA256 -> FakeKey.rsa(2048);
            case RSA_SIGN_PKCS1_3072_SHA256 -> FakeKey.rsa(3072);
            case RSA_SIGN_PKCS1_4096_SHA256 -> FakeKey.rsa(4096);
            default -> throw Status.INVALID_ARGUMENT.asRuntimeException();
        });
        pendingReads.set(2);
        setState(version, CryptoKeyVersionState.PENDING_GENERATION);
        return CryptoKey.newBuilder().setName(name).setPurpose(request.getCryptoKey().getPurpose()).build();
    }

    /// A version of the kind of the first, made in the background.
    CryptoKeyVersion createVersion(String key) throws GeneralSecurityException {
        CryptoKeyVersion first = version(key + "/cryptoKeyVersions/1");
        String made = add(key.substring(key.lastIndexOf('/') + 1), first.getAlgorithm(), FakeKey.ec("secp256r1"));
        pendingReads.set(2);
        setState(made, CryptoKeyVersionState.PENDING_GENERATION);
        return Objects.requireNonNull(versions.get(made));
    }

    /// Changes what is told of a version.
    void change(String version, UnaryOperator<CryptoKeyVersion.Builder> how) {
        versions.computeIfPresent(version, (_, old) -> how.apply(old.toBuilder()).build());
    }

    AsymmetricSignResponse sign(AsymmetricSignRequest request) throws GeneralSecurityException {
        CryptoKeyVersion version = enabled(request.getName());
        FakeKey key = key(request.getName());
        ByteString digest = switch (request.getDigest().getDigestCase()) {
            case SHA256 -> request.getDigest().getSha256();
            case SHA384 -> request.getDigest().getSha384();
            case SHA512 -> request.getDigest().getSha512();
            case EXTERNAL_MU, DIGEST_NOT_SET -> ByteString.EMPTY;
        };
        if (request.getData().size() > GoogleKeyService.MAX_MESSAGE) {
            throw Status.INVALID_ARGUMENT.withDescription("data is longer than 65536 bytes").asRuntimeException();
        }
        ByteBuffer signature = switch (version.getAlgorithm()) {
            case EC_SIGN_P256_SHA256, EC_SIGN_P384_SHA384 -> key.ecdsa(digest.asReadOnlyByteBuffer());
            case EC_SIGN_ED25519 -> key.ed25519(request.getData().asReadOnlyByteBuffer());
            case RSA_SIGN_PKCS1_2048_SHA256, RSA_SIGN_PKCS1_3072_SHA256, RSA_SIGN_PKCS1_4096_SHA256 -> key.pkcs1(digest.asReadOnlyByteBuffer());
            case RSA_SIGN_PSS_2048_SHA256 -> key.pss(digest.asReadOnlyByteBuffer());
            default -> throw Status.UNIMPLEMENTED.asRuntimeException();
        };
        ByteString bytes = ByteString.copyFrom(signature);
        return tampering.apply(AsymmetricSignResponse.newBuilder().setName(request.getName()).setSignature(bytes)
                .setSignatureCrc32C(Checksums.of(bytes)).setProtectionLevel(version.getProtectionLevel())
                .setVerifiedDigestCrc32C(request.hasDigestCrc32C() && Checksums.of(digest).equals(request.getDigestCrc32C()))
                .setVerifiedDataCrc32C(request.hasDataCrc32C() && Checksums.of(request.getData()).equals(request.getDataCrc32C()))).build();
    }

    private <A> void answer(StreamObserver<A> observer, String method, Answer<A> answer) {
        try {
            observer.onNext(answer(method, answer));
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        } catch (GeneralSecurityException e) {
            observer.onError(Status.INTERNAL.withCause(e).asRuntimeException());
        }
    }

    private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(String name, Q request, A answer) {
        return MethodDescriptor.<Q, A>newBuilder().setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoUtils.marshaller(request)).setResponseMarshaller(ProtoUtils.marshaller(answer)).build();
    }

    @Override
    public void close() {
        if (rest != null) {
            rest.close();
        }
        server.shutdownNow();
    }

    /// Whether a method fails now, and how.
    interface Failures {
        @Nullable Status of(String method);
    }

    interface Answer<A> {
        A make() throws GeneralSecurityException;
    }
}
