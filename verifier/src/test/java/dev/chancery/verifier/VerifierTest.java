package dev.chancery.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.testkit.peers.PeerFiles;
import dev.chancery.verification.Verdict;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
    /// What the library may bring along, by the beginnings of the jars' names; everything else on the class path here is of the tests.
    private static final List<String> LIBRARY = List.of("re2j-", "snakeyaml-engine-", "bcprov-", "AmazonCorrettoCryptoProvider-", "jspecify-");
    private static final List<String> OF_TESTS = List.of("junit-", "opentest4j-", "apiguardian-", "bcpkix-", "bcutil-", "surefire-");

    @TempDir
    Path folder = Path.of("unset");

    @BeforeEach
    void files() throws Exception {
        Files.write(folder.resolve("app.tar.gz"), PeerFiles.read(PeerFiles.ARTIFACT).toByteArray());
        Files.write(folder.resolve("release.pub"), PeerFiles.read(PeerFiles.KEY).toByteArray());
        Files.write(folder.resolve("app.tar.gz.sigstore.json"), PeerFiles.bundle("cosign-v2-key").toByteArray());
        Files.write(folder.resolve("keyless.json"), PeerFiles.bundle("cosign-v2-keyless").toByteArray());
        Files.write(folder.resolve("root.json"), PeerFiles.trustedRootOf("cosign-v2-keyless").toByteArray());
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
    }

    private static boolean isOneOf(List<String> beginnings, Path jar) {
        return beginnings.stream().anyMatch(jar.getFileName().toString()::startsWith);
    }

    @Test
    void theExampleOfTheReadmeIsAWholeProgram() throws Exception {
        Matcher block = Pattern.compile("(?ms)^```java\n(.*?)^```$").matcher(Files.readString(Path.of("../README.md")));
        assertTrue(block.find());
        Files.writeString(folder.resolve("Example.java"), block.group(1));
        String path = String.join(File.pathSeparator, classPath().stream().filter(each -> !isOneOf(OF_TESTS, each)).map(Path::toAbsolutePath).map(Path::toString).toList());
        Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", path, "Example.java")
                .directory(folder.toFile()).redirectErrorStream(true).start();
        program.getOutputStream().close();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, program.waitFor(), said);
        assertTrue(said.endsWith("ACCEPTED []\n"), said);
    }

    @Test
    void nothingButTheEngineIsOnItsClassPath() {
        assertEquals(List.of(), classPath().stream().filter(each -> each.toString().endsWith(".jar"))
                .filter(each -> !each.getFileName().toString().startsWith("chancery-") && !isOneOf(LIBRARY, each) && !isOneOf(OF_TESTS, each)).toList());
    }

    @Test
    void identitiesAndPoliciesAreHeldAgainstTheSameBundles() throws Exception {
        Verifier verifier = Verifier.create(Clock.systemUTC());
        var root = verifier.trustedRoot(folder.resolve("root.json"));
        assertEquals(Verdict.ACCEPTED, verifier.verify(folder.resolve("app.tar.gz"), folder.resolve("keyless.json"),
                verifier.identity(PeerFiles.IDENTITY, PeerFiles.ISSUER, root)).verdict());
        assertEquals(Verdict.REJECTED, verifier.verify(folder.resolve("app.tar.gz"), folder.resolve("keyless.json"),
                verifier.identity("root@lab.test", PeerFiles.ISSUER, root)).verdict());
        Files.writeString(folder.resolve("policy.yaml"), "policy: chancery.dev/v1\nsigners:\n  dev: {identity: {name: " + PeerFiles.IDENTITY + ", issuer: '"
                + PeerFiles.ISSUER + "'}}\nroles: {release: {threshold: 1, signers: [dev]}}\nrequire: [{signatureBy: release}]\n");
        assertEquals(Verdict.ACCEPTED, verifier.verify(folder.resolve("app.tar.gz"), List.of(folder.resolve("keyless.json")),
                verifier.policy(folder.resolve("policy.yaml"), root)).verdict());
    }
}
