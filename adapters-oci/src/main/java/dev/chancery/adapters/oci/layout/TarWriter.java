package dev.chancery.adapters.oci.layout;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// Writes a folder as a tar file (POSIX.1-1988 ustar): regular files alone, by name, without owner and time, so that the same content is
/// the same file.
final class TarWriter {
    private static final long LARGEST_OCTAL = 0_77777777777L;

    private TarWriter() {}

    static void write(Path folder, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).filter(file -> !String.valueOf(file.getFileName()).startsWith(".chancery-")).sorted().toList();
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
            for (Path file : files) {
                long size = Files.size(file);
                out.write(header(folder.relativize(file).toString().replace('\\', '/'), size));
                Files.copy(file, out);
                out.write(new byte[(int) ((TarFiles.BLOCK - size % TarFiles.BLOCK) % TarFiles.BLOCK)]);
            }
            out.write(new byte[2 * TarFiles.BLOCK]);
        }
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Names in a layout are shorter than 100 bytes, but for a SHA-512's, which is split.
    private static byte[] header(String name, long size) throws IOException {
        byte[] header = new byte[TarFiles.BLOCK];
        int slash = name.length() > 100 ? name.lastIndexOf('/') : -1;
        if (name.length() - slash - 1 > 128 || slash > 155) {
            throw new IOException("the name " + name + " is too long for an archive");
        }
        if (name.length() - slash - 1 > 100) {
            throw new IOException("content named by SHA-512 does not go into an archive");
        }
        put(header, 0, slash < 0 ? name : name.substring(slash + 1));
        put(header, 345, slash < 0 ? "" : name.substring(0, slash));
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        if (size > LARGEST_OCTAL) {
            header[124] = (byte) 0x80;
            for (int i = 0; i < 8; i++) {
                header[135 - i] = (byte) (size >>> 8 * i);
            }
        } else {
            put(header, 124, String.format("%011o\0", size));
        }
        put(header, 136, "00000000000\0");
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        put(header, 148, "        ");
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
