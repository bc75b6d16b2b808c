package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/ceremonies/two-of-three.md` is run as it stands.
@Tag("interop")
class CeremonyTest {
    /// A machine, perhaps the exit status and the error that are expected, and the commands.
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh (\\S+)(?: (\\d) (\\S+))?\\n(.*?)^```$");
    private static final String PIN = "73120955";

    @TempDir
    Path folder = Path.of("unset");

    private String registry = "";
    private String mirror = "";
    private String place = "";

    @AfterAll
    static void end() throws Exception {
        SecurityKeyRig.end();
    }

    @Test
    void theCeremonyWorksAsItIsWrittenWithOfficersWhoHaveNoNetwork() throws Exception {
        prepare();
        boolean permitted = new Program(folder).run(List.of("unshare", "-rn", "true")).status() == 0;
        List<MatchResult> blocks = BLOCK.matcher(Files.readString(Path.of(System.getProperty("chancery.root"), "docs/ceremonies/two-of-three.md"))).results().toList();
        assertTrue(blocks.size() > 10, "the page is not read rightly");
        for (MatchResult block : blocks) {
            List<String> command = new ArrayList<>(permitted && !block.group(1).equals("a") ? List.of("unshare", "-rn") : List.of());
            command.addAll(List.of("bash", "-euo", "pipefail", "-c", block.group(4)));
            Program.Run run = on(block.group(1)).run(command);
            assertEquals(block.group(2) == null ? 0 : Integer.parseInt(block.group(2)), run.status(), () -> block.group() + "\n" + run.out() + run.err());
            assertTrue(block.group(3) == null || run.out().contains(block.group(3)), () -> block.group() + "\n" + run.out());
        }
    }

    private Program on(String machine) {
        Path home = folder.resolve(machine);
        return new Program(home)
                .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"))
                .with("XDG_STATE_HOME", home.resolve("state").toString())
                .with("CHANCERY_PASSPHRASE", "a passphrase for tests")
                .with("ANN_MODULE", TestToken.MODULE)
                .with("BOB_MODULE", kryoptic().toString())
                .with("SOFTHSM2_CONF", folder.resolve("ann/softhsm2.conf").toString())
                .with("KRYOPTIC_CONF", folder.resolve("bob/kryoptic.conf").toString())
                .with("REGISTRY", registry + place)
                .with("MIRROR", mirror + place);
    }

    private static Path kryoptic() {
        return Program.lab().resolve("lib/libkryoptic.so");
    }

    /// The lab's registries stay up, and keep what earlier runs have stored: each has a place of its own there.
    private void registries() throws Exception {
        String lab = Path.of(System.getProperty("chancery.root"), "lab").toString();
        Program program = new Program(folder);
        program.run(List.of(lab + "/up", "registries")).succeeded();
        for (String line : program.run(List.of(lab + "/env", "registries")).out().lines().toList()) {
            if (line.startsWith("export LAB_REGISTRY_REFERRERS=")) {
                registry = line.substring(line.indexOf('=') + 1);
            } else if (line.startsWith("export LAB_REGISTRY_PLAIN=")) {
                mirror = line.substring(line.indexOf('=') + 1);
            }
        }
        place = "/" + UUID.randomUUID();
    }

    private void prepare() throws Exception {
        for (String rig : List.of("softhsm", "kryoptic", "cosign", "fido", "registries")) {
            Program.install(rig);
        }
        registries();
        for (String name : List.of("a", "ann", "bob", "cem", "stick", "bin", "ann/tokens")) {
            Files.createDirectories(folder.resolve(name));
        }
        for (String machine : List.of("a", "ann", "bob", "cem")) {
            Files.writeString(folder.resolve(machine).resolve("app.tar.gz"), "what is released\n");
        }
        for (String officer : List.of("ann", "bob", "cem")) {
            Path pin = Files.createFile(folder.resolve(officer).resolve("pin"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(pin, (officer.equals("cem") ? SecurityKeyRig.PIN : PIN) + "\n");
        }
        Path program = Files.createFile(folder.resolve("bin/chancery"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(program, "#!/bin/bash\nexec '" + String.join("' '", Program.command()) + "' \"$@\"\n");
        Files.createSymbolicLink(folder.resolve("bin/cosign"), Program.lab().resolve("bin/cosign"));
        Files.writeString(folder.resolve("ann/softhsm2.conf"), "directories.tokendir = " + folder.resolve("ann/tokens") + "\nlog.level = ERROR\n");
        on("ann").run(List.of("softhsm2-util", "--init-token", "--free", "--label", "ann", "--pin", PIN, "--so-pin", "officer-1")).succeeded();
        Files.writeString(folder.resolve("bob/kryoptic.conf"), "[[slots]]\nslot = 1\ndbtype = \"sqlite\"\ndbargs = \"" + folder.resolve("bob/token.sql") + "\"\n");
        SecurityKeyRig.another();
        Program bob = on("bob");
        bob.run(List.of("pkcs11-tool", "--module", kryoptic().toString(), "--slot", "1", "--init-token", "--label", "bob", "--so-pin", "so-test-5544")).succeeded();
        bob.run(List.of("pkcs11-tool", "--module", kryoptic().toString(), "--token-label", "bob", "--login", "--login-type", "so", "--so-pin", "so-test-5544",
                "--init-pin", "--pin", PIN)).succeeded();
    }
}
