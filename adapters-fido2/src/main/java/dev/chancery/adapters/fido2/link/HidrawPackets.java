package dev.chancery.adapters.fido2.link;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Reports through a `hidraw` node (Linux, Documentation/hid/hidraw.rst): a write begins with the report's number, which is 0 where a device has only
/// one; a read doesn't. Reads have no time limit of their own, so a thread of the node's own makes them.
final class HidrawPackets implements CtapHid.Packets {
    private final FileChannel node;
    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>();

    private HidrawPackets(FileChannel node) {
        this.node = node;
    }

    private sealed interface Read {}

    private record Packet(Bytes content) implements Read {}

    private record Ended(IOException cause) implements Read {}

    static HidrawPackets open(Path device) throws LinkException {
        try {
            HidrawPackets packets = new HidrawPackets(FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE));
            Thread.ofPlatform().daemon().name("fido2-" + device.getFileName()).start(packets::readAll);
            return packets;
        } catch (IOException e) {
            throw LinkException.gone(device + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private void readAll() {
        ByteBuffer buffer = ByteBuffer.allocate(CtapHid.PACKET);
        try {
            while (true) {
                buffer.clear();
                int length = node.read(buffer);
                if (length < 0) {
                    reads.add(new Ended(new IOException("the node has ended")));
                    return;
                }
                reads.add(new Packet(Bytes.copyOf(buffer.array(), 0, length)));
            }
        } catch (IOException e) {
            reads.add(new Ended(e));
        }
    }

    @Override
    public void send(Bytes packet) throws LinkException {
        try {
            ByteBuffer report = Bytes.copyOf(new byte[1]).concat(packet).byteBuffer();
            if (node.write(report) != 1 + CtapHid.PACKET) {
                throw LinkException.broken("expected a report of " + (1 + CtapHid.PACKET) + " bytes to be taken whole");
            }
        } catch (IOException e) {
            throw LinkException.gone("it cannot be written to: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Bytes> receive(Duration limit) throws LinkException {
        try {
            return switch (reads.poll(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                case null -> Optional.empty();
                case Packet(Bytes content) -> Optional.of(content);
                case Ended(IOException cause) -> throw LinkException.gone("it cannot be read from: " + cause.getMessage(), cause);
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            node.close(); // which ends the thread's read
        } catch (IOException _) {
            // It is of no use any more either way.
        }
    }
}
