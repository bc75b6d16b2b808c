package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import dev.chancery.testkit.peers.PeerFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Verifying opens no socket. Two proofs: the virtual machine loads none of the classes through which alone Java opens one; and everything is
/// accepted in a network namespace without any interface, where the kernel lets users make one.
class OfflineTest {
    /// Every socket of the JDK is opened by `sun.nio.ch.Net`; the others are its users. (Types that are merely named, such as InetAddress, are loaded
    /// by file channels and seed generators too.)
    private static final List<String> SOCKETS = List.of("java.net.Socket", "java.net.ServerSocket", "java.net.DatagramSocket",
            "sun.nio.ch.Net", "sun.nio.ch.NioSocketImpl", "sun.nio.ch.DatagramChannelImpl",
            "sun.nio.ch.ServerSocketChannelImpl", "sun.nio.ch.UnixDomainSockets");

    @TempDir
    Path folder = Path.of("unset");

    @BeforeEach
    void files() throws Exception {
        for (String file : List.of(PeerFiles.ARTIFACT, PeerFiles.KEY, "trusted-root-v2.json", "cosign-v2-keyless.json", "cosign-v2-key.json",
                "cosign-v2-key-attestation.json")) {
            Files.write(folder.resolve(file), PeerFiles.read(file).toByteArray());
        }
        Files.writeString(folder.resolve("policy.yaml"), """
                policy: chancery.dev/v1
                signers:
                  key:
                    key: |
                KEY  dev:
                    identity: {name: IDENTITY, issuer: 'ISSUER'}
                roles:
                  release: {threshold: 2, signers: [key, dev]}
                  tests: {threshold: 1, signers: [key]}
                require:
                  - signatureBy: release
                  - attestationBy: tests
                    predicateType: https://example.com/tests/v1
                    conditions: [{name: passed, cel: "predicate.tests == 'passed'"}]
                """.replace("KEY", PeerFiles.read(PeerFiles.KEY).utf8().orElseThrow().indent(6)).replace("IDENTITY", PeerFiles.IDENTITY)
                .replace("ISSUER", PeerFiles.ISSUER));
        Files.writeString(folder.resolve("batch.jsonl"), "{\"id\":\"a\",\"artifact\":\"artifact.txt\",\"bundle\":\"cosign-v2-key.json\"}\n");
    }

    private static List<List<String>> verifications() {
        List<String> bundles = List.of("--bundle", "cosign-v2-key.json", "--bundle", "cosign-v2-keyless.json", "--bundle", "cosign-v2-key-attestation.json");
        return List.of(
                List.of("verify", PeerFiles.ARTIFACT, "--offline", "--key", PeerFiles.KEY, "--bundle", "cosign-v2-key.json", "--trusted-root", "trusted-root-v2.json"),
                List.of("verify", PeerFiles.ARTIFACT, "--offline", "--bundle", "cosign-v2-keyless.json", "--trusted-root", "trusted-root-v2.json",
                        "--certificate-identity", PeerFiles.IDENTITY, "--certificate-oidc-issuer", PeerFiles.ISSUER),
                Stream.concat(Stream.of("verify", PeerFiles.ARTIFACT, "--offline", "--policy", "policy.yaml", "--trusted-root", "trusted-root-v2.json"),
                        bundles.stream()).toList(),
                List.of("verify", "--offline", "--batch", "batch.jsonl", "--key", PeerFiles.KEY),
                List.of("bundle", "inspect", "cosign-v2-keyless.json"));
    }

    @Test
    void noClassThatOpensSocketsIsLoaded() throws Exception {
        Program program = new Program(folder);
        Path log = folder.resolve("classes.log");
        for (List<String> verification : verifications()) {
            List<String> command = new ArrayList<>(Program.command(verification.toArray(String[]::new)));
            command.add(1, "-Xlog:class+load:file=" + log);
            program.run(command).succeeded();
            List<String> loaded = Files.readAllLines(log).stream().map(line -> line.replaceFirst("^(\\[[^]]*\\])+ *", "").split(" ", 2)[0]).toList();
            assertTrue(loaded.contains("dev.chancery.app.cli.Main"), () -> "the log is not read rightly: " + loaded.getFirst());
            assertEquals(List.of(), loaded.stream().filter(SOCKETS::contains).toList(), verification::toString);
            Files.delete(log);
        }
    }

    @Test
    void everythingIsAcceptedWithoutANetwork() throws Exception {
        Program program = new Program(folder);
        boolean permitted = program.run(List.of("unshare", "-rn", "true")).status() == 0;
        for (List<String> verification : verifications()) {
            List<String> command = new ArrayList<>(permitted ? List.of("unshare", "-rn") : List.of());
            command.addAll(Program.command(verification.toArray(String[]::new)));
            Run run = program.run(command);
            run.succeeded();
        }
    }
}
