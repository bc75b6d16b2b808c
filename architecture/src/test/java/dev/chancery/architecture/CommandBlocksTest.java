package dev.chancery.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that README.md and CONTRIBUTING.md show are run as they stand.
class CommandBlocksTest {
    /// A language, perhaps the file that the block is the content of, and the content.
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\S+)(?: (\\S+))?\\n(.*?)^```$");
    private static final String STEPS = "## Add a key adapter in five steps";

    private record Block(String language, String file, String content) {
        boolean isCommands() {
            return language.equals("sh") || language.equals("console");
        }
    }

    private static List<Block> blocks(String markdown) {
        return BLOCK.matcher(markdown).results()
                .map(found -> new Block(found.group(1), found.group(2) == null ? "" : found.group(2), found.group(3))).toList();
    }

    /// The first by `scripts/test-clean-clone`; `./check` by whoever runs this test: it would be running inside itself.
    @Test
    void theReadmeShowsOnlyCommandsThatAreRun() throws Exception {
        assertEquals(List.of("./chancery quickstart\n", "./check\n"), blocks(Repository.text(Path.of("README.md"))).stream()
                .filter(Block::isCommands).map(Block::content).toList());
        assertTrue(Repository.text(Path.of("scripts/test-clean-clone")).contains("./chancery quickstart"));
        assertTrue(Repository.text(Path.of(".ci/run")).contains("/check\""));
    }

    @Test
    void contributingShowsCommandsInTheStepsForAKeyAdapterOnly() {
        String page = Repository.text(Path.of("CONTRIBUTING.md"));
        assertEquals(List.of(), blocks(page.substring(0, page.indexOf(STEPS))));
    }

    @Test
    @Tag("interop") // for its length: it builds most of the source tree
    void theStepsForAKeyAdapterWorkAsTheyStand(@TempDir Path copy) throws Exception {
        copySourceTree(copy);
        String page = Repository.text(Path.of("CONTRIBUTING.md"));
        for (Block block : blocks(page.substring(page.indexOf(STEPS)))) {
            if (block.isCommands()) {
                run(copy, "bash", "-euo", "pipefail", "-c", block.content());
            } else {
                Path file = copy.resolve(block.file());
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.content());
            }
        }
        assertTrue(Files.readString(copy.resolve(
                "adapters-toy/target/surefire-reports/dev.chancery.adapters.toy.ToyBackendContractTest.txt")).contains("Failures: 0, Errors: 0"));
        assertTrue(Files.readString(copy.resolve("artifact.sigstore.json")).contains("messageSignature"));
    }

    @Test
    @Tag("interop") // for its length: it builds the distribution twice
    void twoCleanClonesBuildTheSameArchiveAndTheQuickstartWorksThere() throws Exception {
        run(Repository.ROOT, "scripts/test-clean-clone");
    }

    @Test
    @Tag("interop") // for its length, and because it wants the distribution packaged
    void theProgramAnswersTheSameWithAndWithoutACacheForItsStart() throws Exception {
        run(Repository.ROOT, "scripts/test-start");
    }

    /// What git tracks as it stands in the working tree, and Maven told to stay offline: what built this builds that.
    private static void copySourceTree(Path copy) throws IOException {
        for (Path file : Repository.files()) {
            Path target = copy.resolve(file);
            Files.createDirectories(target.getParent());
            Files.copy(Repository.ROOT.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(copy.resolve(".mvn/maven.config"), "--offline\n-Dmaven.repo.local="
                + System.getProperty("chancery.maven.repository") + "\n", StandardOpenOption.APPEND);
    }

    private static void run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + said);
    }
}
