package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.testkit.forge.ForgedInstance.Fault;
import dev.chancery.testkit.forge.ForgedInstance.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--rekor-only` puts the signature into a log, and leaves no file but a receipt.
class RekorOnlyTest {
    private static final String TYPE = "https://example.com/t/v1";

    @TempDir
    Path folder = Path.of("unset");
    private ForgedStack stack;

    @BeforeEach
    void start() throws Exception {
        stack = new ForgedStack(folder);
        Files.writeString(folder.resolve("predicate.json"), "{}");
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    private Run run(String... arguments) throws Exception {
        return stack.run(Stream.concat(Stream.of(arguments), Stream.of("--rekor-only")).toArray(String[]::new));
    }

    private static JsonFields fields(Bytes json) throws Exception {
        return JsonFields.ofProtobuf(StrictJson.parse(json, 1 << 20), "");
    }

    /// A bundle again, of the receipt, what the log has, and the artifact's digest.
    private String rebuilt(String receipt, Bytes body) throws Exception {
        JsonFields entry = fields(body).object("spec").object("hashedRekordV002");
        return "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":" + receipt
                + ",\"messageSignature\":{\"messageDigest\":{\"algorithm\":\"SHA2_256\",\"digest\":\""
                + entry.object("data").requiredText("digest") + "\"},\"signature\":\"" + entry.object("signature").requiredText("content") + "\"}}";
    }

    @Test
    void aReceiptIsAllThatIsLeftAndMakesABundleWithWhatIsInTheLog() throws Exception {
        Set<String> before = stack.files();
        Run run = run("sign", "artifact", "--key", "release.key");
        run.succeeded();
        assertTrue(run.out().contains("receipt artifact.rekor.json"), run.out());
        before.add("artifact.rekor.json");
        assertEquals(before, stack.files());
        assertEquals(1, stack.instance.secondLogEntries());
        String receipt = Files.readString(folder.resolve("artifact.rekor.json"));
        String body = fields(Bytes.ofUtf8(receipt)).objects("tlogEntries", 1).getFirst().requiredText("canonicalizedBody");
        Files.writeString(folder.resolve("rebuilt.json"), rebuilt(receipt, Bytes.copyOf(Base64.getDecoder().decode(body))));
        stack.program.chancery("verify", "artifact", "--bundle", "rebuilt.json", "--key", "release.pub", "--trusted-root", "root.json").succeeded();
    }

    @Test
    void anAttestationLeavesAReceiptWhereTheCommandLineSays() throws Exception {
        Set<String> before = stack.files();
        run("attest", "artifact", "--key", "release.key", "--predicate", "predicate.json", "--predicate-type", TYPE, "--receipt", "r.json").succeeded();
        before.add("r.json");
        assertEquals(before, stack.files());
    }

    @Test
    void whatALogDidNotTakeIsKeptUntilItIsGoneOnWith() throws Exception {
        Set<String> before = stack.files();
        stack.instance.failAlways(Place.SECOND_LOG, Fault.FAIL);
        run("sign", "artifact", "--key", "release.key").failed(5, "CHY-L034");
        assertTrue(stack.files().contains("artifact.rekor.json.pending"), stack.files().toString());
        stack.instance.heal();
        run("sign", "--resume", "artifact.rekor.json.pending").succeeded();
        before.add("artifact.rekor.json");
        assertEquals(before, stack.files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bundle b.json", "--output-signature s", "--into q.json", "--key other.key"})
    void nothingElseIsWrittenBesideIt(String other) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of("sign", "artifact", "--key", "release.key"));
        all.addAll(List.of(other.split(" ", -1)));
        run(all.toArray(String[]::new)).failed(2, "CHY-U001");
        assertEquals(0, stack.instance.secondLogEntries());
    }

    @Test
    void aConfigurationWithoutALogIsRefusedBeforeAnythingIsSigned() throws Exception {
        stack.logs(ServiceGroup.NONE);
        run("sign", "artifact", "--key", "release.key").failed(2, "CHY-U001");
        assertEquals(0, stack.instance.asked(Place.TIMESTAMPS));
    }

    @Test
    void aReceiptWithoutItIsRefused() throws Exception {
        stack.program.chancery("sign", "artifact", "--key", "release.key", "--receipt", "r.json").failed(2, "CHY-U001");
        assertTrue(!stack.files().contains("r.json"));
    }
}
