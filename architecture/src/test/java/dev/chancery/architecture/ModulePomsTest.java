package dev.chancery.architecture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Maven enforcer's lists are those of the table, and they refuse what is not on them: Maven runs on a copy of the poms.
class ModulePomsTest {
    /// Modules that nothing ships: tests or benchmarks alone, which may see everything.
    private static final List<String> TESTS_ONLY = List.of("architecture", "bench");

    @TempDir
    private Path copy;

    @Test
    void everyModuleOfTheBuildIsInTheTable() {
        List<String> built = Pom.read("").texts("/project/modules/module");
        var known = new TreeSet<>(Stream.of(Module.values()).map(Module::folder).toList());
        known.addAll(TESTS_ONLY);
        assertEquals(known, new TreeSet<>(built));
    }

    @ParameterizedTest
    @EnumSource
    void aPomsListOfAllowedDependenciesIsItsRow(Module module) {
        assertEquals(new TreeSet<>(module.artifacts()), new TreeSet<>(Pom.read(module.folder())
                .texts("//execution[id='hexagon']//bannedDependencies/includes/include")));
    }

    @ParameterizedTest
    @EnumSource
    void noPomNamesAVersionOfItsOwn(Module module) {
        assertEquals(List.of(), Pom.read(module.folder()).texts("/project/dependencies/dependency/version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"architecture", "bench"})
    void aModuleOfTestsAloneNeedsEverythingInTestsOnly(String module) {
        assertTrue(TESTS_ONLY.contains(module));
        Pom pom = Pom.read(module);
        assertEquals(List.of("test"), pom.texts("/project/dependencies/dependency/scope").stream().distinct().toList());
        assertEquals(pom.texts("/project/dependencies/dependency/artifactId").size(), pom.texts("/project/dependencies/dependency/scope").size());
        assertFalse(Files.exists(Repository.ROOT.resolve(module).resolve("src/main")), () -> module + " has classes that are no tests");
    }

    @Test
    void mavenAcceptsThePomsAsTheyAre() throws Exception {
        copyPoms();
        Outcome outcome = maven();
        assertEquals(0, outcome.status(), outcome.output());
    }

    @Test
    void mavenRefusesAVendorLibraryInTheDomain() throws Exception {
        copyPoms();
        plant("domain", dependency("org.bouncycastle", "bcprov-jdk18on"));
        assertRefused(maven("-pl", "domain"), "see docs/architecture.md", "org.bouncycastle:bcprov-jdk18on");
    }

    @Test
    void mavenRefusesOneAdapterInAnother() throws Exception {
        copyPoms();
        plant("adapters-keys", dependency("dev.chancery", "chancery-adapters-tlog"));
        assertRefused(maven("-pl", "adapters-keys", "-am"), "see docs/architecture.md", "dev.chancery:chancery-adapters-tlog");
    }

    @Test
    void mavenRefusesToShipAJarThatIsNotListed() throws Exception {
        copyPoms();
        plant("adapters-tlog", dependency("tools.jackson.core", "jackson-core"));
        alter("adapters-tlog", "<include>dev.chancery:chancery-formats</include>",
                "<include>dev.chancery:chancery-formats</include><include>tools.jackson.core:jackson-core</include>");
        assertRefused(maven("-pl", "app-cli", "-am"), "this jar would ship", "tools.jackson.core:jackson-core");
    }

    private static void assertRefused(Outcome outcome, String... expected) {
        assertNotEquals(0, outcome.status(), outcome.output());
        assertAll(Stream.of(expected).map(text -> () -> assertTrue(outcome.output().contains(text),
                () -> text + " is not in: " + outcome.output())));
    }

    private void copyPoms() throws IOException {
        Stream<String> folders = Stream.concat(Stream.concat(Stream.of(""), TESTS_ONLY.stream()), Stream.of(Module.values()).map(Module::folder));
        for (String folder : folders.toList()) {
            Files.createDirectories(copy.resolve(folder));
            Files.copy(Repository.ROOT.resolve(folder).resolve("pom.xml"), copy.resolve(folder).resolve("pom.xml"));
        }
    }

    private static String dependency(String group, String artifact) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId></dependency>";
    }

    private void plant(String folder, String dependency) throws IOException {
        Path pom = copy.resolve(folder).resolve("pom.xml");
        if (Files.readString(pom).contains("<dependencies>")) {
            alter(folder, "<dependencies>", "<dependencies>" + dependency);
        } else {
            alter(folder, "</project>", "<dependencies>" + dependency + "</dependencies></project>");
        }
    }

    private void alter(String folder, String before, String after) throws IOException {
        Path pom = copy.resolve(folder).resolve("pom.xml");
        String altered = Files.readString(pom).replace(before, after);
        assertTrue(altered.contains(after), () -> pom + " has no " + before);
        Files.writeString(pom, altered);
    }

    /// Offline: what the build of this module needed is what the copies need.
    private Outcome maven(String... arguments) throws Exception {
        Path output = copy.resolve("output");
        var command = Stream.concat(Stream.of("mvn", "-o", "-q", "-B", "-f", copy.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + System.getProperty("chancery.maven.repository")), Stream.of(arguments));
        Process process = new ProcessBuilder(Stream.concat(command, Stream.of("validate")).toList())
                .directory(copy.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        int status = process.waitFor();
        return new Outcome(status, Files.readString(output, StandardCharsets.UTF_8));
    }

    private record Outcome(int status, String output) {
    }
}
