package dev.chancery.adapters.kms.aws;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.kms.fake.Signing;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.adapters.kms.service.Waiting;
import dev.chancery.domain.key.AwsKmsKeyRef;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.SigningKey;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// Signatures a second with 16 callers, through the adapter and through a bare loop of the SDK, turn by turn in one run: each round runs
/// both, the order changing, and counts as the ratio of the two. Not a test: `scripts/measure-key-service-rate` starts it.
final class Throughput {
    private static final int CALLERS = 16;
    /// What the adapter's rate may not be below, as a part of the bare rate.
    private static final double LEAST = 0.95;

    private Throughput() {}

    public static void main(String[] args) throws Exception {
        int signatures = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        AwsClients clients = new AwsClients(builder -> builder.endpointOverride(URI.create(args[0])).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab"))));
        ServiceBackend<?> backend = new ServiceBackend<>(new AwsKeyService(clients, new SpkiPublicKeyDecoder(), EnumSet.allOf(KeySpec.class)),
                new CallBudget(CallLimits.DEFAULT, Waiting.real(), new SecureRandom()));
        KmsClient bare = clients.clientFor((AwsKmsKeyRef) KeyRef.parse("awskms:///alias/p256"));
        try (SigningKey key = backend.open(KeyRef.parse("awskms:///alias/p256"), Signing.ACCESS)) {
            Callable<Object> ours = () -> key.sign(Signing.request(SignatureAlgorithm.ECDSA_P256_SHA_256), Signing.LIMIT);
            Callable<Object> theirs = () -> bare.sign(request -> request.keyId("alias/p256").messageType(MessageType.DIGEST)
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256).message(SdkBytes.fromByteArray(new byte[32])));
            rate(ours, signatures / 4);
            rate(theirs, signatures / 4);
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                double first = rate(round % 2 == 0 ? theirs : ours, signatures);
                double second = rate(round % 2 == 0 ? ours : theirs, signatures);
                double bareRate = round % 2 == 0 ? first : second;
                double ourRate = round % 2 == 0 ? second : first;
                ratios[round] = ourRate / bareRate;
                System.out.printf("bare %.0f/s, adapter %.0f/s, ratio %.3f%n", bareRate, ourRate, ratios[round]);
            }
            Arrays.sort(ratios);
            double median = ratios[rounds / 2];
            System.out.printf("median of the ratios %.3f, at least %.2f is wanted%n", median, LEAST);
            System.exit(median >= LEAST ? 0 : 1);
        }
    }

    private static double rate(Callable<Object> call, int signatures) throws Exception {
        AtomicInteger left = new AtomicInteger(signatures);
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<Object>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                running.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        call.call();
                    }
                    return "";
                }));
            }
            for (Future<Object> done : running) {
                done.get();
            }
        }
        return signatures / ((System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
    }
}
