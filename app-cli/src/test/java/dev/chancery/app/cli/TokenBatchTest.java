package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Batches on tokens that fail, killed and resumed.
class TokenBatchTest {
    @TempDir
    Path folder = Path.of("unset");

    private TestToken token = new TestToken(new Program(folder), folder);
    private Program program = new Program(folder);

    @BeforeEach
    void token() throws Exception {
        token = TestToken.in(folder);
        program = token.program().with("FAULTP11_RULES", folder.resolve("rules").toString());
        token.make("signing", "p256");
        Files.createDirectory(folder.resolve("in"));
    }

    private void batch(int count) throws Exception {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Files.writeString(folder.resolve("in").resolve("f" + i), "content " + i);
            batch.append("{\"id\":\"i").append(i).append("\",\"artifact\":\"in/f").append(i).append("\"}\n");
        }
        Files.writeString(folder.resolve("batch.jsonl"), batch);
    }

    private void rules(String rules) throws Exception {
        Files.writeString(folder.resolve("rules"), rules + "\n");
    }

    private long bundles() throws Exception {
        try (Stream<Path> all = Files.list(folder.resolve("in"))) {
            return all.filter(path -> path.toString().endsWith(".sigstore.json")).count();
        }
    }

    private static long count(Run run, String word) {
        return run.out().lines().filter(line -> line.startsWith(word + " ")).count();
    }

    @Test
    void anItemWhoseSignatureIsUncertainIsNotSignedAgainWithAKeyWhoseUsesCount() throws Exception {
        batch(12);
        rules("Sign at=5 rv=DEVICE_ERROR late");
        Run first = program.chancery("sign", "--batch", "batch.jsonl", "--key", token.faulty("signing"), "--limited-use");
        first.failedItems("CHY-K013");
        assertEquals(11, count(first, "signed"), first::out);
        rules("");
        Run again = program.chancery("sign", "--batch", "batch.jsonl", "--key", token.faulty("signing"), "--limited-use", "--resume");
        again.failedItems("CHY-K034");
        assertEquals(1, count(again, "failed"), again::out);
        Run audit = program.chancery("audit", "show");
        assertEquals(12, audit.out().lines().filter(line -> line.contains(" is about to sign ")).count(), audit::out);
        assertEquals(11, audit.out().lines().filter(line -> line.contains(" signed (artifact, ")).count(), audit::out);
        program.chancery("sign", "--batch", "batch.jsonl", "--key", token.faulty("signing"), "--resume").succeeded();
        assertEquals(12, bundles());
    }

    @Test
    void anItemThatCertainlyWasNotSignedIsSignedAtTheNextRun() throws Exception {
        batch(6);
        rules("SignInit at=3 rv=KEY_FUNCTION_NOT_PERMITTED");
        program.chancery("sign", "--batch", "batch.jsonl", "--key", token.faulty("signing"), "--limited-use").failedItems("CHY-K009");
        rules("");
        program.chancery("sign", "--batch", "batch.jsonl", "--key", token.faulty("signing"), "--limited-use", "--resume").succeeded();
        assertEquals(6, bundles());
    }

    /// One call in fifty fails at random, in the run that is killed and in the one that resumes it. At the end there is one bundle and one
    /// record for each item, and each verifies.
    @Tag("interop")
    @Test
    void tenThousandItemsAreSignedExactlyOnce() throws Exception {
        int items = 10_000;
        batch(items);
        rules("Sign p=0.02 rv=DEVICE_ERROR");
        Process first = program.builder(Program.command("sign", "--batch", "batch.jsonl", "--key", token.faulty("signing")))
                .redirectErrorStream(true).start();
        try (BufferedReader lines = first.inputReader()) {
            for (int done = 0; done < items / 2; done++) {
                lines.readLine();
            }
            first.destroyForcibly();
        }
        first.waitFor();
        long before = bundles();
        assertTrue(before > items / 3 && before < items, () -> before + " bundles when it was killed");
        Run resumed = program.chancery("sign", "--batch", "batch.jsonl", "--key", token.faulty("signing"), "--resume");
        resumed.failedItems("CHY-K013");
        assertTrue(count(resumed, "failed") > items / 500, "calls fail in the second run too");
        rules("");
        program.chancery("sign", "--batch", "batch.jsonl", "--key", token.faulty("signing"), "--resume").succeeded();
        Run verified = program.chancery("verify", "--batch", "batch.jsonl", "--key", "signing.pub");
        verified.succeeded();
        assertTrue(verified.err().contains(items + " accepted"), verified::err);
        assertEquals(items, bundles());
        Run audit = program.chancery("audit", "show", "--output", "json");
        Stream<String> signed = audit.out().lines().filter(line -> line.contains("\"event\":\"signature\""))
                .map(line -> line.replaceFirst(".*\"name\":\"([^\"]*)\".*", "$1"));
        assertTrue(signed.collect(Collectors.groupingBy(name -> name, Collectors.counting())).values().stream().allMatch(each -> each == 1L),
                "an item has more than one record");
        assertTrue(program.chancery("audit", "verify").out().contains((items + 1) + " entries"));
    }
}
