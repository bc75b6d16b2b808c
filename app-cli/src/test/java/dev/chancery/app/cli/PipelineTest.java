package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `push --sign --config` and `pull --config` as pipelines do, over a layout in a folder.
class PipelineTest {
    private static final String REFERENCE = "oci-layout:store:1";

    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);

    @BeforeEach
    void files() throws Exception {
        program = new Program(folder);
        Files.createDirectory(folder.resolve("project"));
        program.chancery("key", "generate", "project/release.key").succeeded();
        program.chancery("key", "export", "project/release.key", "-o", "project/release.pub").succeeded();
        Files.writeString(folder.resolve("app.txt"), "the application");
        project("""
                stages: [build, test]
                artifacts:
                  signing:
                    mode: key
                    key: release.key
                    environments:
                      local: {mode: "off"}
                      release: {mode: key, key: release.key}
                  verification:
                    mode: key
                    key: release.pub
                    environments:
                      local: {mode: "off"}
                      tested: {mode: key, key: release.pub, requiredAttestations: [https://example.com/tests/v1]}
                """);
    }

    private void project(String yaml) throws Exception {
        Files.writeString(folder.resolve("project/project.yaml"), yaml);
    }

    private Run push(String... more) throws Exception {
        return program.chancery(words(new String[] {"push", "app.txt", REFERENCE, "--sign", "--config", "project/project.yaml"}, more));
    }

    private Run pull(String... more) throws Exception {
        return program.chancery(words(new String[] {"pull", REFERENCE, "--config", "project/project.yaml", "-o", "out", "--force"}, more));
    }

    private static String[] words(String[] first, String... more) {
        String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    @Test
    void whatIsPushedAsTheFileSaysIsPulledAsTheFileSays() throws Exception {
        Run pushed = push();
        pushed.succeeded();
        assertTrue(pushed.out().contains("signed "), pushed.out());
        pull().succeeded();
        assertEquals("the application", Files.readString(folder.resolve("out/app.txt")));
        program.chancery("pull", REFERENCE, "--key", "project/release.pub", "-o", "other").succeeded();
    }

    @Test
    void requiredAttestationsMustHangThereToo() throws Exception {
        push("--environment", "release").succeeded();
        pull("--environment", "tested").rejected("CHY-V068");
        assertFalse(Files.exists(folder.resolve("out")));
        Files.writeString(folder.resolve("tests.json"), "{\"tests\":\"passed\"}");
        program.chancery("attest", REFERENCE, "--key", "project/release.key", "--predicate", "tests.json", "--predicate-type", "https://example.com/tests/v1").succeeded();
        pull("--environment", "tested").succeeded();
    }

    @Test
    void whatIsOffIsSaidAndOnlyWithoutAFloor() throws Exception {
        Run pushed = push("--environment", "local");
        pushed.succeeded();
        assertTrue(pushed.err().contains("not signed: artifacts.signing is off in project/project.yaml"), pushed.err());
        assertTrue(pull("--environment", "local", "--output", "json").out().contains("\"verified\":false"));
        Run pulled = pull("--environment", "local");
        pulled.succeeded();
        assertTrue(pulled.err().contains("not verified: artifacts.verification is off in project/project.yaml"), pulled.err());
        pull().rejected("CHY-R014");
        floor();
        pull("--environment", "local").failed(2, "CHY-R022");
    }

    private void floor() throws Exception {
        program.chancery("key", "generate", "site.key").succeeded();
        program.chancery("key", "export", "site.key", "-o", "site.pub").succeeded();
        Files.writeString(folder.resolve("floor.yaml"), """
                policy: chancery.dev/v1
                signers:
                  site:
                    key: |
                KEYroles:
                  one: {threshold: 1, signers: [site]}
                require:
                  - signatureBy: one
                """.replace("KEY", Files.readString(folder.resolve("site.pub")).indent(6)));
        program.with("CHANCERY_SITE_POLICY", "floor.yaml");
    }

    @Test
    void theSitesFloorIsMetBesideTheFile() throws Exception {
        push().succeeded();
        floor();
        pull().rejected("CHY-V068");
        program.chancery("sign", REFERENCE, "--key", "site.key").succeeded();
        pull().succeeded();
    }

    @Test
    void anEnvironmentThatTheFileDoesNotKnowIsRefused() throws Exception {
        push("--environment", "relaese").failed(2, "CHY-R020");
        pull("--environment", "relaese").failed(2, "CHY-R020");
        project("artifacts: {signing: {mode: key, key: release.key}}");
        pull().failed(2, "CHY-R020");
        assertFalse(Files.exists(folder.resolve("store")));
    }

    @Test
    void aKeyOfTheFileNamesNothingButAKey() throws Exception {
        for (String key : new String[] {"pkcs11:token=a;object=b?module-path=evil.so", "pkcs11:token=a;object=b?pin-source=/etc/shadow", "awskms://evil.example.com/alias/a",
                "azurekms://evil.example.com/key", "azurekms://vault.azure.net.evil.example.com/key", "jca:evil.Provider"}) {
            project("artifacts: {signing: {mode: key, key: '" + key + "'}}");
            push().failed(2, "CHY-R021");
        }
        project("artifacts: {signing: {mode: key, key: 'jca:evil.Provider'}}");
        push("--key", "project/release.key").succeeded();
    }

    @Test
    void unknownFieldsAreRefusedWithLineAndColumn() throws Exception {
        project("artifacts:\n  verification:\n    mode: key\n    key: release.pub\n    polcy: strict.yaml\n");
        Run refused = pull();
        assertEquals(6, refused.status(), refused.err());
        assertTrue(refused.err().contains("artifacts.verification.polcy (line 5, column 5)"), refused.err());
    }

    @Test
    void noFileIsLookedFor() throws Exception {
        Files.copy(folder.resolve("project/project.yaml"), folder.resolve("project.yaml"));
        program.chancery("push", "app.txt", REFERENCE, "--sign").failed(2, "CHY-U001");
        program.chancery("pull", REFERENCE).failed(2, "CHY-U001");
    }

    @Test
    void whatTheFileSaysIsNotSaidTwice() throws Exception {
        pull("--key", "project/release.pub").failed(2, "CHY-U001");
        program.chancery("push", "app.txt", REFERENCE, "--config", "project/project.yaml").failed(2, "CHY-U001");
        program.chancery("pull", REFERENCE, "--key", "project/release.pub", "--environment", "local").failed(2, "CHY-U001");
    }
}
