package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.testkit.forge.ForgedInstance.Fault;
import dev.chancery.testkit.forge.ForgedInstance.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a failing service leaves unfinished is in a file, and `--resume` goes on with it.
class UnfinishedSignatureTest {
    private static final String PENDING = "artifact.sigstore.json.pending";

    @TempDir
    Path folder = Path.of("unset");
    private ForgedStack stack;

    @BeforeEach
    void start() throws Exception {
        stack = new ForgedStack(folder);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    private void leaveUnfinished() throws Exception {
        stack.instance.failAlways(Place.SECOND_LOG, Fault.FAIL);
        stack.run("sign", "artifact", "--key", "release.key").failed(5, "CHY-L034");
        stack.instance.heal();
    }

    @Test
    void noBundleIsWrittenBeforeItVerifiesAndNothingThatWasSignedIsLost() throws Exception {
        Set<String> before = stack.files();
        leaveUnfinished();
        before.add(PENDING);
        assertEquals(before, stack.files());
        stack.run("sign", "--resume", PENDING).succeeded();
        before.remove(PENDING);
        before.add("artifact.sigstore.json");
        assertEquals(before, stack.files());
        stack.program.chancery("verify", "artifact", "--bundle", "artifact.sigstore.json", "--key", "release.pub", "--trusted-root", "root.json").succeeded();
    }

    @Test
    void aServiceThatStillFailsLeavesTheFile() throws Exception {
        leaveUnfinished();
        stack.instance.failAlways(Place.SECOND_LOG, Fault.FAIL);
        stack.run("sign", "--resume", PENDING).failed(5, "CHY-L034");
        assertTrue(stack.files().contains(PENDING));
    }

    @Test
    void anUnfinishedSignatureIsNeverLostForANewerOne() throws Exception {
        leaveUnfinished();
        leaveUnfinished();
        assertTrue(stack.files().contains(PENDING + "2"), stack.files().toString());
        stack.run("sign", "--resume", PENDING + "2").succeeded();
        assertTrue(stack.files().contains("artifact.sigstore.json"));
        assertTrue(stack.files().contains(PENDING));
    }

    @Test
    void whatTheBundleIsWrittenOverIsNotDeleted() throws Exception {
        leaveUnfinished();
        stack.run("sign", "--resume", PENDING, "--bundle", PENDING, "--force").succeeded();
        stack.program.chancery("verify", "artifact", "--bundle", PENDING, "--key", "release.pub", "--trusted-root", "root.json").succeeded();
    }

    @Test
    void aChangedFileIsRefusedAndStays() throws Exception {
        leaveUnfinished();
        Path file = folder.resolve(PENDING);
        Files.writeString(file, Files.readString(file).replace("ecdsa-p256-sha256", "ecdsa-p384-sha384"));
        stack.run("sign", "--resume", PENDING).failed(6, "CHY-L035");
        assertTrue(stack.files().contains(PENDING));
        assertFalse(stack.files().contains("artifact.sigstore.json"));
    }
}
