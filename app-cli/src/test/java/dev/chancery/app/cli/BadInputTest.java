package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.testkit.peers.PeerFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Bad input as large as is read at all ends in an answer, in little memory and little time beyond what an empty file takes. Processor time is what is
/// compared, as the kernel counts it: other work on the machine doesn't change it.
class BadInputTest {
    /// The most memory that a process may ever have had, in kilobytes (proc(5), VmHWM).
    private static final long MOST_MEMORY = 256 * 1024;

    /// The most processor time beyond start-up, in hundredths of a second, which the kernel counts in.
    private static final long MOST_TIME = 100;

    /// What the program is started with so that its heap stays near what lives in it.
    private static final List<String> SMALL_HEAP = List.of("-Xms16m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20");

    private static final int BUNDLE = SigstoreBundle.MAX_LENGTH;

    @TempDir
    Path folder = Path.of("unset");

    private record Bad(String name, Content content) {}

    /// Makes a file's content when it is needed.
    private interface Content {
        byte[] make();
    }

    private static byte[] repeated(String start, String part, int length, String end) {
        byte[] all = new byte[length];
        byte[] unit = part.getBytes(StandardCharsets.UTF_8);
        byte[] first = start.getBytes(StandardCharsets.UTF_8);
        byte[] last = end.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(first, 0, all, 0, first.length);
        int at = first.length;
        for (; at + unit.length <= length - last.length; at += unit.length) {
            System.arraycopy(unit, 0, all, at, unit.length);
        }
        Arrays.fill(all, at, length - last.length, (byte) ' ');
        System.arraycopy(last, 0, all, length - last.length, last.length);
        return all;
    }

    private static byte[] members() {
        StringBuilder text = new StringBuilder("{\"0\":0");
        for (int i = 1; text.length() < 20 << 20; i++) {
            text.append(",\"").append(i).append("\":0");
        }
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String payload() {
        byte[] payload = repeated("{\"x\":\"", "a", DssePayload.MAX_LENGTH, "\"}");
        return Base64.getEncoder().encodeToString(payload);
    }

    private static byte[] envelope(String hint) {
        return ("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{\"hint\":\"" + hint
                + "\"}},\"dsseEnvelope\":{\"payload\":\"" + payload() + "\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\"AAAA\"}]}}")
                        .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] quorum() {
        StringBuilder text = new StringBuilder("{\"mediaType\":\"application/vnd.chancery.quorum.v1+json\",\"payload\":\"" + payload()
                + "\",\"payloadType\":\"application/vnd.in-toto+json\",\"members\":[");
        String timestamp = Base64.getEncoder().encodeToString(new byte[190 * 1024]);
        for (int i = 0; i < QuorumBundle.MAX_MEMBERS; i++) {
            text.append(i == 0 ? "" : ",").append("{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{\"hint\":\"").append(i)
                    .append("\"},\"timestampVerificationData\":{\"rfc3161Timestamps\":[{\"signedTimestamp\":\"").append(timestamp)
                    .append("\"}]}},\"dsseEnvelope\":{\"signatures\":[{\"sig\":\"AAAA\"}]}}");
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random() {
        byte[] bytes = new byte[QuorumBundle.MAX_LENGTH];
        new Random(4711).nextBytes(bytes);
        return bytes;
    }

    private static Stream<Bad> bad() {
        String type = "{\"mediaType\":\"";
        return Stream.of(
                new Bad("random bytes", BadInputTest::random),
                new Bad("nothing but space", () -> repeated("", " ", QuorumBundle.MAX_LENGTH, "")),
                new Bad("arrays in arrays", () -> repeated("", "[", BUNDLE, "")),
                new Bad("objects in objects", () -> repeated("", "{\"a\":", BUNDLE, "")),
                new Bad("an array of numbers", () -> repeated("[", "0,", BUNDLE, "0]")),
                new Bad("an array of objects", () -> repeated("[", "{},", BUNDLE, "0]")),
                new Bad("many members", BadInputTest::members),
                new Bad("one long text", () -> repeated(type, "a", BUNDLE, "\"}")),
                new Bad("one long text of wide characters", () -> repeated(type, "Ж", BUNDLE, "\"}")),
                new Bad("one long text with a wide character at its end", () -> repeated(type, "a", BUNDLE, "Ж\"}")),
                new Bad("one long text of escapes", () -> repeated(type, "\\u0416", BUNDLE, "\"}")),
                new Bad("a string without an end", () -> repeated(type, "a", BUNDLE, "")),
                new Bad("a certificate as long as a bundle may be", () -> repeated(
                        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"certificate\":{\"rawBytes\":\"", "AAAA", BUNDLE, "\"}}}")),
                new Bad("an envelope with the longest payload, signed by nobody", () -> envelope("")),
                new Bad("the same with a hint of wide characters", () -> envelope("Ж")),
                new Bad("a quorum of a hundred with the longest payload, signed by nobody", BadInputTest::quorum));
    }

    /// What a process took.
    ///
    /// @param memory the most that it ever had, in kilobytes
    /// @param time of the processor, in hundredths of a second
    private record Taken(int status, long memory, long time, String out) {}

    private Taken run(String bundle) throws Exception {
        List<String> command = new ArrayList<>(Program.command("verify", PeerFiles.ARTIFACT, "--key", PeerFiles.KEY, "--bundle", bundle));
        command.addAll(1, SMALL_HEAP);
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("out.txt").toFile()).start();
        long memory = 0;
        long time = 0;
        boolean running = true;
        while (running) {
            running = !process.waitFor(2, TimeUnit.MILLISECONDS);
            try {
                memory = Math.max(memory, memory(process.pid()));
                time = Math.max(time, time(process.pid()));
            } catch (IOException e) {
                running = false; // it has ended, and what was seen last counts
            }
        }
        return new Taken(process.waitFor(), memory, time, Files.readString(folder.resolve("out.txt")));
    }

    private static long memory(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElse(0);
    }

    /// The user's and the system's time (proc(5), stat, fields 14 and 15).
    private static long time(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    @TestFactory
    Stream<DynamicTest> badInputEndsInAnAnswerInLittleMemoryAndTime() throws Exception {
        for (String file : List.of(PeerFiles.ARTIFACT, PeerFiles.KEY)) {
            Files.write(folder.resolve(file), PeerFiles.read(file).toByteArray());
        }
        Files.createFile(folder.resolve("empty"));
        Taken start = run("empty");
        assertEquals(6, start.status(), start.out());
        return bad().map(each -> DynamicTest.dynamicTest(each.name(), () -> {
            Files.write(folder.resolve("bad"), each.content().make());
            Taken taken = run("bad");
            assertTrue(taken.status() == 1 || taken.status() == 6, () -> taken.status() + taken.out());
            assertTrue(taken.out().contains("CHY-F") || taken.out().contains("CHY-V"), taken::out);
            assertTrue(taken.memory() <= MOST_MEMORY, () -> "expected at most " + MOST_MEMORY + " kB, found " + taken.memory());
            assertTrue(taken.time() - start.time() <= MOST_TIME, () -> "expected at most " + MOST_TIME + " hundredths beyond " + start.time() + ", found " + taken.time());
        }));
    }
}
