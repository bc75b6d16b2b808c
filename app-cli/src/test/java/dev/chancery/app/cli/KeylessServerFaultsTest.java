package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.tlog.FileAuditLog;
import dev.chancery.app.cli.FaultyProxy.Fate;
import dev.chancery.app.cli.MortalSigstore.Server;
import dev.chancery.app.cli.Program.Run;
import dev.chancery.domain.audit.AuditEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real servers, killed, frozen and throttling at each step of signing: no bundle is written that does not verify, nothing that was signed is
/// lost, and what was left unfinished is finished when the server is back.
@Tag("interop")
class KeylessServerFaultsTest {
    /// The whole of what a failing server gets, and what those that work need on a machine that does much else, in seconds.
    private static final String BUDGET = "8";
    private static final String PENDING = "bundle.json.pending";
    private static final String TYPE = "https://example.com/t/v1";
    private static MortalSigstore sigstore;

    @TempDir
    Path folder = Path.of("unset");
    private Program program = new Program(folder);

    /// What becomes of a server.
    enum Fault {
        KILLED_BEFORE,
        KILLED_WHEN_ASKED,
        /// It has done what it was asked, and nobody hears of it.
        KILLED_BEFORE_ANSWERING,
        FROZEN,
        THROTTLING
    }

    @BeforeAll
    static void up() throws Exception {
        sigstore = new MortalSigstore();
    }

    @AfterAll
    static void down() throws Exception {
        sigstore.down();
    }

    @BeforeEach
    void start() throws Exception {
        program = new Program(folder);
        Files.writeString(folder.resolve("artifact"), "some content\n");
        Files.writeString(folder.resolve("predicate.json"), "{\"passed\":true}");
        token();
    }

    @AfterEach
    void heal() throws Exception {
        sigstore.revive();
    }

    private void token() throws Exception {
        Run token = program.run(List.of("curl", "-sf", sigstore.lab("LAB_OIDC_TOKEN_URL") + "?email=" + sigstore.lab("LAB_IDENTITY")));
        token.succeeded();
        Files.writeString(folder.resolve("token"), token.out());
    }

    /// Runs the program while a server fails; when this returns, the server is well.
    private Run during(Server server, Fault fault, String... line) throws Exception {
        try (FaultyProxy front = new FaultyProxy(path -> sigstore.route(server, path), path -> fate(server, fault))) {
            String at = fault == Fault.KILLED_BEFORE ? sigstore.address(server) : front.address();
            if (fault == Fault.KILLED_BEFORE) {
                sigstore.kill(server);
            }
            Run run = run(server, at, line);
            if (fault == Fault.FROZEN) {
                sigstore.thaw(server);
            }
            sigstore.revive();
            return run;
        }
    }

    private static Fate fate(Server server, Fault fault) {
        return switch (fault) {
            case KILLED_BEFORE -> Fate.through();
            case KILLED_WHEN_ASKED -> {
                sigstore.kill(server);
                yield Fate.through(); // to nobody
            }
            case KILLED_BEFORE_ANSWERING -> new Fate.Lost(() -> sigstore.kill(server));
            case FROZEN -> {
                sigstore.freeze(server);
                yield Fate.through();
            }
            case THROTTLING -> new Fate.Answered(429, "");
        };
    }

    /// Runs the program with services of which one is somewhere else.
    private Run run(Server server, String at, String... line) throws Exception {
        boolean first = server == Server.FIRST_LOG;
        Path config = Files.writeString(folder.resolve("services.json"), Files.readString(Path.of(sigstore.lab(
                first ? "LAB_SIGNING_CONFIG_REKOR1" : "LAB_SIGNING_CONFIG"))).replace(sigstore.address(server), at));
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--signing-config", config.toString(), "--trusted-root", root(server), "--service-timeout", BUDGET));
        return program.chancery(all.toArray(String[]::new));
    }

    private static String root(Server server) {
        return sigstore.lab(server == Server.FIRST_LOG ? "LAB_TRUSTED_ROOT_REKOR1" : "LAB_TRUSTED_ROOT");
    }

    private void resumed(Server server) throws Exception {
        try (FaultyProxy front = new FaultyProxy(path -> sigstore.route(server, path), _ -> Fate.through())) {
            run(server, front.address(), "sign", "--resume", PENDING, "--bundle", "bundle.json").succeeded();
        }
        assertFalse(Files.exists(folder.resolve(PENDING)));
    }

    private void cosignVerifies(Server server, String command, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of(command, "--bundle", "bundle.json", "--trusted-root", root(server)));
        all.addAll(List.of(more));
        all.add("artifact");
        program.cosign(all.toArray(String[]::new)).succeeded();
    }

    private void cosignVerifiesTheIdentity(Server server) throws Exception {
        cosignVerifies(server, "verify-blob", "--certificate-identity", sigstore.lab("LAB_IDENTITY"), "--certificate-oidc-issuer",
                sigstore.lab("LAB_OIDC_ISSUER"));
    }

    private List<String> purposes() throws Exception {
        List<String> purposes = new ArrayList<>();
        Path log = folder.resolve("audit.log");
        if (Files.exists(log)) {
            FileAuditLog.at(log).verify((_, event) -> {
                if (event instanceof AuditEvent.SignatureMade made) {
                    purposes.add(made.purpose());
                }
            });
        }
        return purposes;
    }

    private void assertUnfinished(Run run) {
        run.failed(5, "CHY-L034");
        assertTrue(run.err().contains("CHY-L030"), run.err());
        assertTrue(run.err().contains("--resume " + PENDING), run.err());
        assertFalse(Files.exists(folder.resolve("bundle.json")), "no bundle is written that does not verify");
        assertTrue(Files.exists(folder.resolve(PENDING)), "nothing that was signed is lost");
    }

    static Stream<Arguments> witnesses() {
        return Stream.of(Server.TIMESTAMPS, Server.FIRST_LOG, Server.SECOND_LOG)
                .flatMap(server -> Stream.of(Fault.values()).map(fault -> Arguments.of(server, fault)));
    }

    @ParameterizedTest
    @MethodSource("witnesses")
    void aSignatureWhoseLogOrTimestampAuthorityFailsIsFinishedWhenItIsBack(Server server, Fault fault) throws Exception {
        assertUnfinished(during(server, fault, "sign", "artifact", "--identity-token", "token", "--bundle", "bundle.json"));
        resumed(server);
        cosignVerifiesTheIdentity(server);
        assertEquals(List.of("proof-of-possession", "artifact"), purposes(), "it was signed once");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void nothingIsSignedWhenTheCertificateAuthorityFails(Fault fault) throws Exception {
        during(Server.CERTIFICATES, fault, "sign", "artifact", "--identity-token", "token", "--bundle", "bundle.json").failed(5, "CHY-L030");
        assertNothingSigned();
        run(Server.CERTIFICATES, sigstore.address(Server.CERTIFICATES), "sign", "artifact", "--identity-token", "token", "--bundle", "bundle.json")
                .succeeded();
        cosignVerifiesTheIdentity(Server.CERTIFICATES);
    }

    private void assertNothingSigned() throws Exception {
        assertFalse(purposes().contains("artifact"));
        assertFalse(Files.exists(folder.resolve("bundle.json")));
        assertFalse(Files.exists(folder.resolve(PENDING)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsSignedWhenTheAuthorityCannotLogItsCertificates(boolean killed) throws Exception {
        if (killed) {
            sigstore.kill(Server.CERTIFICATE_LOG);
        } else {
            sigstore.freeze(Server.CERTIFICATE_LOG);
        }
        Run run = run(Server.CERTIFICATES, sigstore.address(Server.CERTIFICATES), "sign", "artifact", "--identity-token", "token", "--bundle", "bundle.json");
        sigstore.thaw(Server.CERTIFICATE_LOG);
        run.failed(5, "CHY-L030");
        assertNothingSigned();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void nothingIsSignedWhenTheIdentityProviderFailsDuringALogin(Fault fault) throws Exception {
        Run run = during(Server.ISSUER, fault, "sign", "artifact", "--fulcio-auth-flow", "device", "--bundle", "bundle.json");
        assertEquals(5, run.status(), run.err());
        assertTrue(run.err().contains("error: CHY-L030:") || run.err().contains("error: CHY-L006:"), run.err());
        assertNothingSigned();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIRST_LOG", "SECOND_LOG"})
    void anAttestationByAKeyIsFinishedWhenAllThatWasDownIsBack(Server log) throws Exception {
        program.chancery("key", "generate", "release.key").succeeded();
        program.chancery("key", "export", "release.key", "-o", "release.pub").succeeded();
        sigstore.kill(Server.TIMESTAMPS);
        assertUnfinished(during(log, Fault.KILLED_BEFORE, "attest", "artifact", "--key", "release.key", "--predicate", "predicate.json",
                "--predicate-type", TYPE, "--bundle", "bundle.json"));
        resumed(log);
        cosignVerifies(log, "verify-blob-attestation", "--key", "release.pub", "--type", TYPE);
        assertEquals(List.of("statement"), purposes(), "it was signed once");
    }

    @Test
    void whatIsStillDownLeavesTheFileForTheNextTry() throws Exception {
        assertUnfinished(during(Server.SECOND_LOG, Fault.KILLED_WHEN_ASKED, "sign", "artifact", "--identity-token", "token", "--bundle", "bundle.json"));
        for (Fault fault : List.of(Fault.KILLED_BEFORE, Fault.FROZEN, Fault.THROTTLING)) {
            assertUnfinished(during(Server.SECOND_LOG, fault, "sign", "--resume", PENDING, "--bundle", "bundle.json"));
        }
        resumed(Server.SECOND_LOG);
        cosignVerifiesTheIdentity(Server.SECOND_LOG);
    }
}
