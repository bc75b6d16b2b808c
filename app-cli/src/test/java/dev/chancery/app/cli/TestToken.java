package dev.chancery.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// A SoftHSM2 token of a test's own, called `release`, with the program that uses it.
///
/// @param program runs with the token's configuration
/// @param folder where the token, its PIN file and the test's files are
record TestToken(Program program, Path folder) {
    /// Made up for tests.
    static final String PIN = "73120955";

    static final String MODULE = "/usr/lib/softhsm/libsofthsm2.so";

    static TestToken in(Path folder) throws Exception {
        if (!Files.exists(Path.of(MODULE)) || !Files.exists(faultyModule())) {
            Program.install("softhsm");
        }
        Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"), "directories.tokendir = " + folder.resolve("tokens") + "\nlog.level = ERROR\n");
        Program program = new Program(folder).with("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString()).with("COSIGN_PKCS11_PIN", PIN);
        program.run(List.of("softhsm2-util", "--init-token", "--free", "--label", "release", "--pin", PIN, "--so-pin", "officer-1")).succeeded();
        Files.createFile(folder.resolve("pin"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(folder.resolve("pin"), PIN + "\n");
        return new TestToken(program, folder);
    }

    /// The module of the lab that fails on demand, in front of SoftHSM2.
    static Path faultyModule() {
        return Program.lab().resolve("lib/libfaultp11.so");
    }

    /// The URI of a key.
    String key(String label) {
        return "pkcs11:token=release;object=" + label + "?module-path=" + MODULE + "&pin-source=" + folder.resolve("pin");
    }

    /// The same key through the module that fails on demand.
    String faulty(String label) {
        return key(label).replace(MODULE, faultyModule().toString());
    }

    /// Makes a key, exports its public half to `LABEL.pub`, and tells its id.
    String make(String label, String type) throws Exception {
        program.chancery("key", "generate", key(label), "--type", type).succeeded();
        program.chancery("key", "export", key(label), "-o", label + ".pub").succeeded();
        return id(label);
    }

    /// The id of a key as OpenSSL tells it: SHA-256 of its public half.
    private String id(String label) throws Exception {
        openssl("pkey", "-pubin", "-in", label + ".pub", "-outform", "DER", "-out", label + ".der");
        return java.util.HexFormat.of().formatHex(
                java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(label + ".der"))));
    }

    /// Looks after the token with another program.
    void tool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module", MODULE, "--token-label", "release", "--login", "--pin", PIN));
        command.addAll(List.of(arguments));
        program.run(command).succeeded();
    }

    String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Program.Run run = program.run(command);
        run.succeeded();
        return run.out() + run.err();
    }
}
