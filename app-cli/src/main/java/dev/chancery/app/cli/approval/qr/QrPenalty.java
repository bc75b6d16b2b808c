package dev.chancery.app.cli.approval.qr;

/// How hard a symbol is to read (ISO/IEC 18004:2015 §7.8.3.1): the fewer points the better.
final class QrPenalty {
    private static final int FINDER_LIKE = 0b1011101;
    private static final int WINDOW = 11;

    private QrPenalty() {}

    static int of(QrMatrix matrix) {
        int points = 0;
        int dark = 0;
        for (int i = 0; i < matrix.size(); i++) {
            points += line(matrix, i, true) + line(matrix, i, false);
            for (int j = 0; j < matrix.size(); j++) {
                dark += matrix.dark(i, j) ? 1 : 0;
                points += i > 0 && j > 0 && isBlock(matrix, i, j) ? 3 : 0;
            }
        }
        int percent = dark * 100 / (matrix.size() * matrix.size());
        return points + Math.abs(percent - 50) / 5 * 10;
    }

    /// Runs of five and more, and what looks like a finder with light beside it.
    private static int line(QrMatrix matrix, int index, boolean row) {
        int points = 0;
        int run = 0;
        int window = 0;
        boolean before = false;
        for (int i = 0; i < matrix.size(); i++) {
            boolean dark = row ? matrix.dark(index, i) : matrix.dark(i, index);
            run = i > 0 && dark == before ? run + 1 : 1;
            before = dark;
            points += run == 5 ? 3 : run > 5 ? 1 : 0;
            window = (window << 1 | (dark ? 1 : 0)) & (1 << WINDOW) - 1;
            points += i >= WINDOW - 1 && (window == FINDER_LIKE || window == FINDER_LIKE << 4) ? 40 : 0;
        }
        return points;
    }

    private static boolean isBlock(QrMatrix matrix, int row, int column) {
        boolean dark = matrix.dark(row, column);
        return matrix.dark(row - 1, column) == dark && matrix.dark(row, column - 1) == dark && matrix.dark(row - 1, column - 1) == dark;
    }
}
