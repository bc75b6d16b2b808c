package dev.chancery.app.cli.approval.qr;

import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A QR code of bytes. Immutable.
public final class QrCode {
    /// The most bytes that one holds (ISO/IEC 18004:2015, table 7: version 40, level L).
    public static final int MAX_LENGTH = 2_953;

    /// The light border that readers need, in modules (ISO/IEC 18004:2015 §6.3.8).
    static final int QUIET = 4;

    private final io.nayuki.qrcodegen.QrCode code;

    private QrCode(io.nayuki.qrcodegen.QrCode code) {
        this.code = code;
    }

    /// The smallest code that holds them, with as much error correction as fits into its size; nothing when there are more than [#MAX_LENGTH].
    public static Optional<QrCode> of(Bytes content) {
        return content.size() > MAX_LENGTH ? Optional.empty()
                : Optional.of(new QrCode(io.nayuki.qrcodegen.QrCode.encodeBinary(content.toByteArray(), io.nayuki.qrcodegen.QrCode.Ecc.LOW)));
    }

    /// Modules on a side, without the border.
    public int size() {
        return code.size;
    }

    /// Whether a module is dark; those of the border are not.
    boolean dark(int row, int column) {
        return code.getModule(column, row);
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
