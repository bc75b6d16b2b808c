package dev.chancery.app.cli.registry;

import dev.chancery.app.cli.io.FileProblem;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.registry.SignReferences.Way;
import dev.chancery.application.registry.SignatureLayout;
import dev.chancery.ports.registry.RegistryAccess;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options that say how registries are reached, and how signatures lie in them.
public final class RegistryOptions {
    private static final String PLAIN_HTTP = "--plain-http";

    private RegistryOptions() {}

    /// Adds those for reaching registries.
    public static void add(CommandSpec spec) {
        spec.addOption(Options.flag(PLAIN_HTTP, "Speak to registries without TLS; on loopback that is not needed.").build());
        spec.addOption(Options.value("--registry-config", "FILE", "Docker's or podman's file with logins, instead of those in the usual places.").build());
        spec.addOption(Options.value("--registry-ca", "FILE", "PEM certificates of authorities to trust for registries, beside the system's.").build());
        spec.addOption(Options.value("--registry-cert", "FILE", "PEM certificate to show to registries.").build());
        spec.addOption(Options.value("--registry-key", "FILE", "Its key: PKCS#8 in PEM, without a passphrase.").build());
    }

    /// Adds those for writing signatures.
    public static void addWriting(CommandSpec spec) {
        add(spec);
        spec.addOption(Options.value("--layout", "NAME",
                "For a reference: referrers (the default: bundles, as cosign 3), or cosign2 (.sig and .att tags).").build());
        spec.addOption(Options.flag("--recursive", "For a reference to an index: its members too.").build());
    }

    /// How registries are reached.
    ///
    /// @throws FileProblem when a path isn't one
    public static RegistryAccess access(ParseResult line) throws FileProblem {
        return new RegistryAccess(Options.has(line, PLAIN_HTTP), path(line, "--registry-config"), path(line, "--registry-ca"),
                path(line, "--registry-cert"), path(line, "--registry-key"));
    }

    private static @Nullable Path path(ParseResult line, String option) throws FileProblem {
        Optional<String> text = Options.text(line, option);
        return text.isPresent() ? UserFiles.path(text.get()) : null;
    }

    /// How signatures are written.
    ///
    /// @throws UsageException when there is no such layout
    public static Way way(ParseResult line) throws UsageException {
        String name = Options.text(line, "--layout").orElse("referrers");
        SignatureLayout layout = switch (name) {
            case "referrers" -> SignatureLayout.REFERRERS;
            case "cosign2" -> SignatureLayout.COSIGN2;
            default -> throw new UsageException("there is no layout " + name, "use --layout referrers or --layout cosign2");
        };
        return new Way(layout, Options.has(line, "--recursive"));
    }
}
