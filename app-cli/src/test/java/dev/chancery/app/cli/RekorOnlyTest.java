package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.trust.Service;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.domain.trust.ServiceGroup.Selection;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.sigstore.SigningConfigCodec;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.testkit.forge.ForgedInstance;
import dev.chancery.testkit.forge.ForgedInstance.Fault;
import dev.chancery.testkit.forge.ForgedInstance.Place;
import dev.chancery.testkit.forge.ForgedServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--rekor-only` puts the signature into a log, and leaves no file but a receipt.
class RekorOnlyTest {
    private static final ServiceGroup NONE = new ServiceGroup(List.of(), new Selection.None());
    private static final String TYPE = "https://example.com/t/v1";

    @TempDir
    Path folder = Path.of("unset");
    private Program program = new Program(folder);
    private final ForgedServices services = ForgedServices.make();
    private final ForgedInstance instance = ForgedInstance.start(services);

    @BeforeEach
    void prepare() throws Exception {
        program = new Program(folder);
        Files.write(folder.resolve("root.json"), TrustedRootCodec.write(services.trustedRoot()).toByteArray());
        configure(one(Place.SECOND_LOG, 2));
        Files.writeString(folder.resolve("artifact"), "some content\n");
        Files.writeString(folder.resolve("predicate.json"), "{}");
        program.chancery("key", "generate", "release.key").succeeded();
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    private ServiceGroup one(Place place, long version) {
        return new ServiceGroup(List.of(new Service(instance.url(place), version, new ValidityWindow(Instant.EPOCH, null), place.name())),
                new Selection.Any());
    }

    private void configure(ServiceGroup logs) throws Exception {
        Files.write(folder.resolve("services.json"),
                SigningConfigCodec.write(new SigningConfig(List.of(), List.of(), logs, one(Place.TIMESTAMPS, 1))).toByteArray());
    }

    private Run run(String... arguments) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--signing-config", "services.json", "--trusted-root", "root.json", "--service-timeout", "10", "--rekor-only"));
        return program.chancery(all.toArray(String[]::new));
    }

    private Set<String> files() throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> !name.startsWith("audit.log")).collect(Collectors.toCollection(TreeSet::new));
        }
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
        Set<String> before = files();
        Run run = run("sign", "artifact", "--key", "release.key");
        run.succeeded();
        assertTrue(run.out().contains("receipt artifact.rekor.json"), run.out());
        before.add("artifact.rekor.json");
        assertEquals(before, files());
        assertEquals(1, instance.secondLogEntries());
        String receipt = Files.readString(folder.resolve("artifact.rekor.json"));
        String body = fields(Bytes.ofUtf8(receipt)).objects("tlogEntries", 1).getFirst().requiredText("canonicalizedBody");
        Files.writeString(folder.resolve("rebuilt.json"), rebuilt(receipt, Bytes.copyOf(Base64.getDecoder().decode(body))));
        program.chancery("key", "export", "release.key", "-o", "release.pub").succeeded();
        program.chancery("verify", "artifact", "--bundle", "rebuilt.json", "--key", "release.pub", "--trusted-root", "root.json").succeeded();
    }

    @Test
    void anAttestationLeavesAReceiptWhereTheCommandLineSays() throws Exception {
        Set<String> before = files();
        run("attest", "artifact", "--key", "release.key", "--predicate", "predicate.json", "--predicate-type", TYPE, "--receipt", "r.json").succeeded();
        before.add("r.json");
        assertEquals(before, files());
    }

    @Test
    void whatALogDidNotTakeIsKeptUntilItIsGoneOnWith() throws Exception {
        Set<String> before = files();
        instance.failAlways(Place.SECOND_LOG, Fault.FAIL);
        run("sign", "artifact", "--key", "release.key").failed(5, "CHY-L034");
        assertTrue(files().contains("artifact.rekor.json.pending"), files().toString());
        instance.heal();
        run("sign", "--resume", "artifact.rekor.json.pending").succeeded();
        before.add("artifact.rekor.json");
        assertEquals(before, files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bundle b.json", "--output-signature s", "--into q.json", "--key other.key"})
    void nothingElseIsWrittenBesideIt(String other) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of("sign", "artifact", "--key", "release.key"));
        all.addAll(List.of(other.split(" ", -1)));
        run(all.toArray(String[]::new)).failed(2, "CHY-U001");
        assertEquals(0, instance.secondLogEntries());
    }

    @Test
    void aConfigurationWithoutALogIsRefusedBeforeAnythingIsSigned() throws Exception {
        configure(NONE);
        run("sign", "artifact", "--key", "release.key").failed(2, "CHY-U001");
        assertEquals(0, instance.asked(Place.TIMESTAMPS));
    }

    @Test
    void aReceiptWithoutItIsRefused() throws Exception {
        program.chancery("sign", "artifact", "--key", "release.key", "--receipt", "r.json").failed(2, "CHY-U001");
        assertTrue(!files().contains("r.json"));
    }
}
