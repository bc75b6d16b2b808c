package dev.chancery.app.cli.approval.qr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ReedSolomonTest {
    /// ISO/IEC 18004:2015, annex I.2: "01234567" in version 1-M.
    @Test
    void theRemainderIsTheStandardsExample() {
        int[] data = {0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11};
        assertArrayEquals(new int[] {0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55}, new ReedSolomon(10).remainder(data));
    }
}
