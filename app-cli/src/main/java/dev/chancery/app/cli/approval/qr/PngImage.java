package dev.chancery.app.cli.approval.qr;

import dev.chancery.domain.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A QR code as PNG (W3C PNG, third edition): one bit for each pixel, eight pixels for each module.
final class PngImage {
    private static final int SCALE = 8;

    private PngImage() {}

    static Bytes of(QrCode code) {
        int side = (code.size() + 2 * QrCode.QUIET) * SCALE;
        int rowLength = side / 8; // SCALE is 8, so that a module is a byte
        byte[] raw = new byte[side * (rowLength + 1)];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < rowLength; x++) {
                raw[y * (rowLength + 1) + 1 + x] = (byte) (code.dark(y / SCALE - QrCode.QUIET, x - QrCode.QUIET) ? 0 : 0xff);
            }
        }
        ByteBuffer header = ByteBuffer.allocate(13).putInt(side).putInt(side).put(new byte[] {1, 0, 0, 0, 0});
        return Bytes.concat(List.of(Bytes.fromHex("89504e470d0a1a0a"), chunk("IHDR", header.array()), chunk("IDAT", deflated(raw)), chunk("IEND", new byte[0])));
    }

    private static byte[] deflated(byte[] raw) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(raw);
            deflater.finish();
            byte[] out = new byte[raw.length + 64];
            return Arrays.copyOf(out, deflater.deflate(out));
        }
    }

    private static Bytes chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return Bytes.copyOf(ByteBuffer.allocate(content.length + 12).putInt(content.length).put(name).put(content).putInt((int) crc.getValue()).array());
    }
}
