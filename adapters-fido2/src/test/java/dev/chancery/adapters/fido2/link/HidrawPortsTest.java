package dev.chancery.adapters.fido2.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HidrawPortsTest {
    /// The example of FIDO CTAP 2.1 §11.2.8.1.
    private static final Bytes FIDO = Bytes.fromHex("06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0");

    @TempDir
    Path folder = Path.of("unset");

    @Test
    void theSpecificationsDescriptorIsASecurityKeys() {
        assertTrue(HidrawPorts.isFido(FIDO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "05010906a101c0", "06d0f1", "06d0f10902a101c0", "06d0", "0901", "fe02ffaaaa05010906", "06d1f10901"})
    void aKeyboardsAndAnythingElseIsNot(String hex) {
        assertFalse(HidrawPorts.isFido(Bytes.fromHex(hex)));
    }

    @Test
    void theUsageMayStandAfterOthersAndLongItems() {
        assertTrue(HidrawPorts.isFido(Bytes.fromHex("05010906a101c0fe02ffaaaa").concat(FIDO)));
    }

    @Test
    void nodesOfSecurityKeysAreFoundAndThoseThatMayNotBeOpenedAreNamed() throws Exception {
        node("hidraw0", FIDO);
        node("hidraw1", Bytes.fromHex("05010906a101c0"));
        node("hidraw2", FIDO);
        Files.createDirectories(folder.resolve("dev"));
        Files.createFile(folder.resolve("dev/hidraw0"));
        SecurityKeyPorts.Seen seen = new HidrawPorts(folder.resolve("sys"), folder.resolve("dev"), new SecureRandom()).look();
        assertEquals(List.of("hid:hidraw0"), seen.ports().stream().map(SecurityKeyPort::name).toList());
        assertEquals(List.of(folder.resolve("dev/hidraw2") + " is a security key that this user may not open"), seen.barred());
    }

    @Test
    void aMachineWithoutSuchNodesHasNone() {
        assertEquals(List.of(), new HidrawPorts(folder.resolve("none"), folder, new SecureRandom()).look().ports());
    }

    private void node(String name, Bytes descriptor) throws Exception {
        Path device = folder.resolve("sys").resolve(name).resolve("device");
        Files.createDirectories(device);
        Files.write(device.resolve("report_descriptor"), descriptor.toByteArray());
    }
}
