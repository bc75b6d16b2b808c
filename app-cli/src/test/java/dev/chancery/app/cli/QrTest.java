package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.approval.qr.QrCode;
import dev.chancery.domain.bytes.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests as QR codes, read by another program.
class QrTest {
    @TempDir
    Path folder = Path.of("unset");

    /// ISO/IEC 18004:2015, table 7: bytes in versions 1, 2, 9, 10 and 40 at level L.
    @Test
    void theSmallestVersionThatHoldsTheBytesIsTaken() {
        for (int[] row : new int[][] {{17, 1}, {18, 2}, {32, 2}, {230, 9}, {231, 10}, {271, 10}, {2953, 40}}) {
            assertEquals(17 + 4 * row[1], QrCode.of(Bytes.ofUtf8("x".repeat(row[0]))).orElseThrow().size(), row[0] + " bytes");
        }
        assertEquals(Optional.empty(), QrCode.of(Bytes.ofUtf8("x".repeat(2954))));
        assertEquals(2953, QrCode.MAX_LENGTH);
    }

    @Test
    void aTerminalShowsItWithItsBorder() {
        List<String> lines = QrCode.of(Bytes.ofUtf8("x")).orElseThrow().lines();
        assertEquals(15, lines.size()); // 21 modules and a border of 4, two in a line
        assertTrue(lines.stream().allMatch(line -> line.length() == 29 && line.startsWith("████") && line.endsWith("████")), String.join("\n", lines));
        assertEquals("█".repeat(29), lines.getFirst());
    }

    /// A request and an answer; symbols of other sizes were read by zbar when this was written.
    @Test
    @Tag("interop")
    void zbarReadsWhatWasWritten() throws Exception {
        Program.install("zbar");
        Program program = new Program(folder);
        Files.writeString(folder.resolve("app"), "some content\n");
        program.chancery("key", "generate", "ann.key", "--type", "p256").succeeded();
        program.chancery("key", "export", "ann.key", "-o", "ann.pub").succeeded();
        Files.writeString(folder.resolve("policy.yaml"), "policy: chancery.dev/v1\nsigners:\n  ann:\n    key: |\n" + Files.readString(folder.resolve("ann.pub")).indent(6)
                + "roles:\n  officers: {threshold: 1, signers: [ann]}\nrequire:\n  - signatureBy: officers\n");
        Program.Run created = program.chancery("request", "create", "app", "--policy", "policy.yaml", "--key", "ann.key", "--out", "req.json");
        created.succeeded();
        program.chancery("request", "qr", "req.json", "--png", "req.png").succeeded();
        assertEquals(Files.readString(folder.resolve("req.json")) + "\n", program.run(List.of("zbarimg", "-q", "--raw", "req.png")).out());
        String code = created.out().lines().filter(line -> line.startsWith("code ")).findFirst().orElseThrow().substring(8);
        program.chancery("request", "approve", "req.json", "--key", "ann.key", "--code", code, "--out", "ann.json").succeeded();
        program.chancery("request", "qr", "ann.json", "--png", "ann.png").succeeded();
        assertEquals(Files.readString(folder.resolve("ann.json")) + "\n", program.run(List.of("zbarimg", "-q", "--raw", "ann.png")).out());
        Files.writeString(folder.resolve("long.json"), Files.readString(folder.resolve("req.json")).replace("\"requester\":\"", "\"requester\":\"" + "x".repeat(3000)));
        program.chancery("request", "qr", "long.json").failed(2, "CHY-Q023");
        program.chancery("request", "qr", "policy.yaml").failed(6, "CHY-F002");
    }
}
