package dev.chancery.adapters.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.oci.OciPlace;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;

/// How much a registry is burdened.
class RegistryLoadTest extends RegistryTestCase {
    private static final int AT_ONCE = 8;

    private final AtomicInteger connections = new AtomicInteger();

    /// Sockets that count who connects.
    private final class Counting extends ServerSocketFactory {
        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return createServerSocket(port, 0, InetAddress.getLoopbackAddress());
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return new ServerSocket(port, backlog, address) {
                @Override
                public Socket accept() throws IOException {
                    Socket accepted = super.accept();
                    connections.incrementAndGet();
                    return accepted;
                }
            };
        }
    }

    @Test
    void manyCallsOneAfterTheOtherUseOneConnection() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.startTls(true, new Counting())) {
            OciRepositories repositories = repositories();
            for (int i = 0; i < 20; i++) {
                try (Repository repository = repositories.open(new OciPlace.Registry(registry.host(), "team/app" + i), RegistryAccess.USUAL)) {
                    assertTrue(repository.tagged("v1").isEmpty());
                }
            }
            assertEquals(20, registry.requests().size());
            assertEquals(1, connections.get());
        }
    }

    /// All who may come in at once are let in and wait for each other there; whoever came in beside them would be counted.
    @Test
    void atMostEightRequestsAreUnderWayToOneHost() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(AT_ONCE);
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            registry.hook((_, answer) -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                full.countDown();
                try {
                    assertTrue(full.await(4, TimeUnit.SECONDS), "fewer came than may");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                inside.decrementAndGet();
                return answer;
            });
            List<Future<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 5 * AT_ONCE; i++) {
                String tag = "v" + i;
                calls.add(threads.submit(() -> repository.tagged(tag).isEmpty()));
            }
            for (Future<Boolean> call : calls) {
                assertTrue(call.get());
            }
        }
        assertEquals(AT_ONCE, most.get());
    }
}
