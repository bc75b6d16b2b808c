package dev.chancery.app.cli.approval.qr;

import java.util.List;

/// The modules of a symbol (ISO/IEC 18004:2015 §6.3 and §7.7 to §7.10). Not changed once it is made.
final class QrMatrix {
    private static final int MASKS = 8;
    private static final int LEVEL_L = 0b01;
    private static final int FORMAT_GENERATOR = 0x537;
    private static final int FORMAT_MASK = 0x5412;
    private static final int VERSION_GENERATOR = 0x1f25;

    private final int size;
    private final boolean[][] dark;
    private final boolean[][] reserved;

    private QrMatrix(QrVersion version, int[] codewords, int mask) {
        size = version.size();
        dark = new boolean[size][size];
        reserved = new boolean[size][size];
        patterns(version);
        format(mask);
        place(codewords);
        mask(mask);
    }

    /// With the mask that readers like best (§7.8.3).
    static QrMatrix best(QrVersion version, int[] codewords) {
        QrMatrix best = new QrMatrix(version, codewords, 0);
        for (int mask = 1; mask < MASKS; mask++) {
            QrMatrix next = new QrMatrix(version, codewords, mask);
            if (QrPenalty.of(next) < QrPenalty.of(best)) {
                best = next;
            }
        }
        return best;
    }

    int size() {
        return size;
    }

    boolean dark(int row, int column) {
        return dark[row][column];
    }

    private void set(int row, int column, boolean value) {
        dark[row][column] = value;
        reserved[row][column] = true;
    }

    private void patterns(QrVersion version) {
        for (int i = 0; i < size; i++) {
            set(6, i, i % 2 == 0);
            set(i, 6, i % 2 == 0);
        }
        finder(3, 3);
        finder(3, size - 4);
        finder(size - 4, 3);
        List<Integer> centres = version.alignments();
        int last = size - 7;
        for (int row : centres) {
            for (int column : centres) {
                boolean onFinder = row == 6 && column == 6 || row == 6 && column == last || row == last && column == 6;
                if (!onFinder) {
                    alignment(row, column);
                }
            }
        }
        if (version.number() >= 7) {
            int bits = withRemainder(version.number(), 12, VERSION_GENERATOR);
            for (int i = 0; i < 18; i++) {
                boolean bit = (bits >> i & 1) == 1;
                set(size - 11 + i % 3, i / 3, bit);
                set(i / 3, size - 11 + i % 3, bit);
            }
        }
    }

    private void finder(int row, int column) {
        for (int down = -4; down <= 4; down++) {
            for (int right = -4; right <= 4; right++) {
                int ring = Math.max(Math.abs(down), Math.abs(right));
                if (row + down >= 0 && row + down < size && column + right >= 0 && column + right < size) {
                    set(row + down, column + right, ring != 2 && ring != 4);
                }
            }
        }
    }

    private void alignment(int row, int column) {
        for (int down = -2; down <= 2; down++) {
            for (int right = -2; right <= 2; right++) {
                set(row + down, column + right, Math.max(Math.abs(down), Math.abs(right)) != 1);
            }
        }
    }

    /// Level and mask, twice, and the module that is always dark (§7.9).
    private void format(int mask) {
        int bits = withRemainder(LEVEL_L << 3 | mask, 10, FORMAT_GENERATOR) ^ FORMAT_MASK;
        for (int i = 0; i < 15; i++) {
            boolean bit = (bits >> i & 1) == 1;
            int down = i < 6 ? i : i < 8 ? i + 1 : size - 15 + i;
            set(down, 8, bit);
            int right = i < 8 ? size - 1 - i : i == 8 ? 7 : 14 - i;
            set(8, right, bit);
        }
        set(size - 8, 8, true);
    }

    /// A number followed by its remainder (BCH codes, annexes C and D).
    private static int withRemainder(int value, int bits, int generator) {
        int remainder = value;
        for (int i = 0; i < bits; i++) {
            remainder = remainder << 1 ^ (remainder >> bits - 1 & 1) * generator;
        }
        return value << bits | remainder & (1 << bits) - 1;
    }

    /// From the bottom right corner in columns of two, up and down in turn (§7.7.3).
    private void place(int[] codewords) {
        int next = 0;
        boolean up = true;
        for (int right = size - 1; right >= 1; right -= 2) {
            int column = right <= 6 ? right - 1 : right;
            for (int step = 0; step < size; step++) {
                int row = up ? size - 1 - step : step;
                for (int each = column; each > column - 2; each--) {
                    if (!reserved[row][each] && next < codewords.length * 8) {
                        dark[row][each] = (codewords[next / 8] >> 7 - next % 8 & 1) == 1;
                        next++;
                    }
                }
            }
            up = !up;
        }
    }

    private void mask(int mask) {
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                dark[row][column] ^= !reserved[row][column] && isMasked(mask, row, column);
            }
        }
    }

    /// Table 10.
    private static boolean isMasked(int mask, int row, int column) {
        return switch (mask) {
            case 0 -> (row + column) % 2 == 0;
            case 1 -> row % 2 == 0;
            case 2 -> column % 3 == 0;
            case 3 -> (row + column) % 3 == 0;
            case 4 -> (row / 2 + column / 3) % 2 == 0;
            case 5 -> row * column % 2 + row * column % 3 == 0;
            case 6 -> (row * column % 2 + row * column % 3) % 2 == 0;
            default -> ((row + column) % 2 + row * column % 3) % 2 == 0;
        };
    }
}
