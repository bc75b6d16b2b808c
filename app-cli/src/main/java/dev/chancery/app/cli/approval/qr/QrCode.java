package dev.chancery.app.cli.approval.qr;

import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A QR code of bytes. Immutable.
public final class QrCode {
    /// The most bytes that one holds.
    public static final int MAX_LENGTH = QrVersion.of(40).bytes();

    /// The light border that readers need, in modules (ISO/IEC 18004:2015 §6.3.8).
    static final int QUIET = 4;

    private final QrMatrix matrix;

    private QrCode(QrMatrix matrix) {
        this.matrix = matrix;
    }

    /// The smallest code that holds them; nothing when there are more than [#MAX_LENGTH].
    public static Optional<QrCode> of(Bytes content) {
        return QrVersion.forLength(content.size()).map(version -> new QrCode(QrMatrix.best(version, interleaved(version, data(version, content)))));
    }

    /// Mode, length, content and padding (§7.4).
    private static int[] data(QrVersion version, Bytes content) {
        List<Boolean> bits = new ArrayList<>();
        append(bits, 0b0100, 4);
        append(bits, content.size(), version.lengthBits());
        for (int i = 0; i < content.size(); i++) {
            append(bits, content.at(i), 8);
        }
        append(bits, 0, Math.min(4, version.data() * 8 - bits.size()));
        append(bits, 0, (8 - bits.size() % 8) % 8);
        for (int pad = 0xec; bits.size() < version.data() * 8; pad ^= 0xec ^ 0x11) {
            append(bits, pad, 8);
        }
        int[] data = new int[version.data()];
        for (int i = 0; i < bits.size(); i++) {
            data[i / 8] |= (bits.get(i) ? 1 : 0) << 7 - i % 8;
        }
        return data;
    }

    private static void append(List<Boolean> bits, int value, int count) {
        for (int i = count - 1; i >= 0; i--) {
            bits.add((value >> i & 1) == 1);
        }
    }

    /// The blocks with their error correction, codeword by codeword (§7.6).
    private static int[] interleaved(QrVersion version, int[] data) {
        ReedSolomon code = new ReedSolomon(version.correction());
        int shortLength = version.data() / version.blocks();
        int longOnes = version.data() % version.blocks();
        List<int[]> blocks = new ArrayList<>();
        List<int[]> corrections = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < version.blocks(); i++) {
            int length = shortLength + (i < version.blocks() - longOnes ? 0 : 1);
            int[] block = Arrays.copyOfRange(data, at, at + length);
            at += length;
            blocks.add(block);
            corrections.add(code.remainder(block));
        }
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i <= shortLength; i++) {
            for (int[] block : blocks) {
                if (i < block.length) {
                    out.add(block[i]);
                }
            }
        }
        for (int i = 0; i < version.correction(); i++) {
            for (int[] correction : corrections) {
                out.add(correction[i]);
            }
        }
        return out.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Modules on a side, without the border.
    public int size() {
        return matrix.size();
    }

    /// Whether a module is dark; those of the border are not.
    boolean dark(int row, int column) {
        return row >= 0 && column >= 0 && row < size() && column < size() && matrix.dark(row, column);
    }

    /// Rows of characters for a terminal with light letters on dark ground, two modules above each other in one character.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int row = -QUIET; row < size() + QUIET; row += 2) {
            StringBuilder line = new StringBuilder();
            for (int column = -QUIET; column < size() + QUIET; column++) {
                boolean upper = !dark(row, column);
                boolean lower = !dark(row + 1, column);
                line.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
