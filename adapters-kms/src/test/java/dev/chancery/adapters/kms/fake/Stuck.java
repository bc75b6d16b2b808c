package dev.chancery.adapters.kms.fake;

import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import java.util.concurrent.CountDownLatch;

/// A fake service that keeps its callers waiting.
///
/// @param key the key whose signatures wait
/// @param service makes each request do something before it is answered
public record Stuck(DeclaredKey key, Service service) implements DeclaredBackend.Slowing {
    @Override
    public AutoCloseable slowDown() {
        CountDownLatch release = new CountDownLatch(1);
        service.before(() -> await(release));
        return () -> {
            service.before(() -> { });
            release.countDown();
        };
    }

    /// Waits until it is released, or told to stop.
    public static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What can be made to wait.
    @FunctionalInterface
    public interface Service {
        void before(Runnable action);
    }
}
