package dev.chancery.adapters.fido2.link;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Security keys on USB as Linux shows them: a `hidraw` node whose report descriptor has FIDO's usage (FIDO CTAP 2.1 §11.2.8.1).
public final class HidrawPorts implements SecurityKeyPorts {
    private static final int MAX_DESCRIPTOR = 4096;
    private static final int USAGE_PAGE = 0x04;
    private static final int USAGE = 0x08;
    private static final int FIDO_PAGE = 0xf1d0;
    private static final int CTAPHID_USAGE = 0x01;
    private static final int LONG_ITEM = 0xfe;

    private final Path nodes;
    private final Path devices;
    private final SecureRandom random;

    /// @param nodes `/sys/class/hidraw`
    /// @param devices `/dev`
    public HidrawPorts(Path nodes, Path devices, SecureRandom random) {
        this.nodes = nodes;
        this.devices = devices;
        this.random = random;
    }

    @Override
    public Seen look() {
        List<SecurityKeyPort> ports = new ArrayList<>();
        List<String> barred = new ArrayList<>();
        for (Path node : nodes()) {
            String name = String.valueOf(node.getFileName());
            if (!isFido(node.resolve("device/report_descriptor"))) {
                continue;
            }
            Path device = devices.resolve(name);
            if (Files.isReadable(device) && Files.isWritable(device)) {
                ports.add(new SecurityKeyPort("hid:" + name, () -> CtapHid.open(HidrawPackets.open(device), random)));
            } else {
                barred.add(device + " is a security key that this user may not open");
            }
        }
        return new Seen(ports, barred);
    }

    private List<Path> nodes() {
        if (!Files.isDirectory(nodes)) {
            return List.of(); // no HID device, or another system
        }
        try (Stream<Path> found = Files.list(nodes)) {
            return found.sorted().toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    private static boolean isFido(Path descriptor) {
        try (var in = Files.newInputStream(descriptor)) {
            return isFido(Bytes.readUpTo(in, MAX_DESCRIPTOR).orElse(Bytes.empty()));
        } catch (IOException _) {
            return false; // it went away while it was looked at
        }
    }

    /// Device Class Definition for HID 1.11 §6.2.2.2 and §6.2.2.3: items of a tag and 0, 1, 2 or 4 bytes, least first.
    static boolean isFido(Bytes descriptor) {
        int page = 0;
        int at = 0;
        while (at < descriptor.size()) {
            int head = descriptor.at(at);
            if (head == LONG_ITEM) {
                at += at + 1 < descriptor.size() ? 3 + descriptor.at(at + 1) : 1;
                continue;
            }
            int length = (head & 3) == 3 ? 4 : head & 3;
            if (at + 1 + length > descriptor.size()) {
                return false;
            }
            int value = 0;
            for (int i = length; i > 0; i--) {
                value = value << 8 | descriptor.at(at + i);
            }
            if ((head & 0xfc) == USAGE_PAGE) {
                page = value;
            } else if ((head & 0xfc) == USAGE && page == FIDO_PAGE && value == CTAPHID_USAGE) {
                return true;
            }
            at += 1 + length;
        }
        return false;
    }
}
