package dev.chancery.app.cli;

import dev.chancery.app.cli.Program.Run;
import dev.chancery.domain.trust.Service;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.domain.trust.ServiceGroup.Selection;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.sigstore.SigningConfigCodec;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.testkit.forge.ForgedInstance;
import dev.chancery.testkit.forge.ForgedInstance.Place;
import dev.chancery.testkit.forge.ForgedServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A folder in which the program signs with the forging kit's services: an artifact, a key, a signing configuration and a trusted root.
final class ForgedStack implements AutoCloseable {
    final ForgedInstance instance;
    final Program program;
    private final Path folder;

    ForgedStack(Path folder) throws Exception {
        this.folder = folder;
        this.program = new Program(folder);
        ForgedServices services = ForgedServices.make();
        this.instance = ForgedInstance.start(services);
        Files.write(folder.resolve("root.json"), TrustedRootCodec.write(services.trustedRoot()).toByteArray());
        logs(group(Place.SECOND_LOG, 2));
        Files.writeString(folder.resolve("artifact"), "some content\n");
        program.chancery("key", "generate", "release.key").succeeded();
        program.chancery("key", "export", "release.key", "-o", "release.pub").succeeded();
    }

    /// Changes which logs are used.
    void logs(ServiceGroup logs) throws IOException {
        Files.write(folder.resolve("services.json"), SigningConfigCodec.write(
                new SigningConfig(List.of(service(Place.CERTIFICATES, 1)), List.of(), logs, group(Place.TIMESTAMPS, 1))).toByteArray());
    }

    private ServiceGroup group(Place place, long version) {
        return new ServiceGroup(List.of(service(place, version)), new Selection.Any());
    }

    private Service service(Place place, long version) {
        return new Service(instance.url(place), version, new ValidityWindow(Instant.EPOCH, null), place.name());
    }

    /// Runs the program with these services.
    Run run(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--signing-config", "services.json", "--trusted-root", "root.json", "--service-timeout", "10"));
        return program.chancery(all.toArray(String[]::new));
    }

    /// The names of the files in the folder, but for the audit log's.
    Set<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> !name.startsWith("audit.log"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Override
    public void close() {
        instance.close();
    }
}
