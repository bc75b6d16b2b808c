package dev.chancery.app.cli.approval.qr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a symbol of a version is laid out at error correction level L (ISO/IEC 18004:2015, tables 1, 9 and E.1).
///
/// @param number 1 to 40
/// @param size modules on a side
/// @param codewords data and error correction together
/// @param blocks among which they are divided
/// @param correction codewords of error correction in each block
record QrVersion(int number, int size, int codewords, int blocks, int correction) {
    private static final int LAST = 40;

    /// Table 9, level L: error correction codewords in each block, by version.
    private static final int[] CORRECTION = {7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30};

    /// Table 9, level L: blocks, by version.
    private static final int[] BLOCKS = {1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22,
        24, 25};

    /// The smallest that holds so many bytes; nothing when none does.
    static Optional<QrVersion> forLength(int length) {
        for (int number = 1; number <= LAST; number++) {
            QrVersion version = of(number);
            if (version.bytes() >= length) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    static QrVersion of(int number) {
        int size = 17 + 4 * number;
        return new QrVersion(number, size, modules(number, size) / 8, BLOCKS[number - 1], CORRECTION[number - 1]);
    }

    /// Modules that are left for codewords: all but finders with separators, timing, format, version and alignment (table 1).
    private static int modules(int number, int size) {
        int left = size * size - 3 * 64 - 2 * (size - 16) - 31;
        int alignments = number == 1 ? 0 : number / 7 + 2;
        if (alignments > 0) {
            left -= (alignments * alignments - 3) * 25;
            left += (alignments - 2) * 2 * 5; // those on the timing patterns cover five modules of them
        }
        return number >= 7 ? left - 36 : left;
    }

    /// The codewords of data.
    int data() {
        return codewords - blocks * correction;
    }

    /// The bits of the length in byte mode (table 3).
    int lengthBits() {
        return number < 10 ? 8 : 16;
    }

    /// The bytes that it holds in byte mode.
    int bytes() {
        return (data() * 8 - 4 - lengthBits()) / 8;
    }

    /// The rows and columns on which alignment patterns are centred (table E.1): the first is 6, and the others are evenly spaced from the far end.
    List<Integer> alignments() {
        List<Integer> centres = new ArrayList<>();
        if (number == 1) {
            return centres;
        }
        int count = number / 7 + 2;
        int step = number == 32 ? 26 : (4 * number + 2 * count + 1) / (2 * count - 2) * 2;
        for (int i = count - 2; i >= 0; i--) {
            centres.add(size - 7 - i * step);
        }
        centres.addFirst(6);
        return centres;
    }
}
