package dev.chancery.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The modules, from the inside out: which of each other they may name, and which of other people's libraries. The poms' lists of
/// allowed dependencies and the dependencies between packages are both held to this one table.
@SuppressWarnings("ImmutableEnumChecker") // List.of: the type does not say it, but nobody can change them
enum Module {
    DOMAIN("domain", List.of()),
    PORTS("ports", List.of(DOMAIN)),
    FORMATS("formats", List.of(DOMAIN), Library.SNAKEYAML),
    VERIFICATION("verification", List.of(DOMAIN, PORTS, FORMATS), Library.RE2J),
    APPLICATION("application", List.of(DOMAIN, PORTS, FORMATS, VERIFICATION)),
    TESTKIT("testkit", List.of(DOMAIN, PORTS), Library.JUNIT, Library.BOUNCY_CASTLE, Library.BOUNCY_CASTLE_FORGING),
    ADAPTERS_CRYPTO("adapters-crypto", List.of(DOMAIN, PORTS, FORMATS), Library.BOUNCY_CASTLE, Library.CORRETTO),
    ADAPTERS_KEYS("adapters-keys", List.of(DOMAIN, PORTS, FORMATS), Library.BOUNCY_CASTLE),
    ADAPTERS_PKCS11("adapters-pkcs11", List.of(DOMAIN, PORTS, FORMATS)),
    ADAPTERS_FIDO2("adapters-fido2", List.of(DOMAIN, PORTS, FORMATS)),
    ADAPTERS_KMS("adapters-kms", List.of(DOMAIN, PORTS), Library.AWS_SDK, Library.VAULT, Library.AZURE_SDK,
            Library.GOOGLE_SDK, Library.SLF4J_NOP),
    ADAPTERS_FULCIO("adapters-fulcio", List.of(DOMAIN, PORTS, FORMATS)),
    ADAPTERS_TLOG("adapters-tlog", List.of(DOMAIN, PORTS, FORMATS)),
    ADAPTERS_OCI("adapters-oci", List.of(DOMAIN, PORTS, FORMATS)),
    ADAPTERS_CEL("adapters-cel", List.of(DOMAIN, PORTS, FORMATS), Library.CEL),
    VERIFIER("verifier", List.of(DOMAIN, PORTS, FORMATS, VERIFICATION, ADAPTERS_CRYPTO)),
    APP_CLI("app-cli", List.of(DOMAIN, PORTS, FORMATS, VERIFICATION, APPLICATION, ADAPTERS_CRYPTO, ADAPTERS_KEYS, ADAPTERS_PKCS11,
            ADAPTERS_FIDO2, ADAPTERS_FULCIO, ADAPTERS_TLOG, ADAPTERS_OCI, ADAPTERS_CEL), Library.QRCODEGEN, Library.PICOCLI, Library.DAGGER);

    private final String folder;
    private final List<Module> mayUse;
    private final List<Library> libraries;

    Module(String folder, List<Module> mayUse, Library... libraries) {
        this.folder = folder;
        this.mayUse = mayUse;
        this.libraries = List.of(libraries);
    }

    String folder() {
        return folder;
    }

    List<Library> libraries() {
        return libraries;
    }

    /// What its pom may name outside tests, `groupId:artifactId` each.
    List<String> artifacts() {
        return Stream.concat(mayUse.stream().map(module -> "dev.chancery:chancery-" + module.folder),
                libraries.stream().flatMap(library -> library.artifacts().stream())).toList();
    }

    /// ArchUnit's pattern for all of its packages.
    String packages(String root) {
        return root + "." + folder.replace('-', '.') + "..";
    }

    /// The patterns of everything of ours and of other people that it may reach.
    List<String> mayReach(String root) {
        var patterns = new ArrayList<String>();
        patterns.add(packages(root));
        mayUse.forEach(module -> patterns.add(module.packages(root)));
        libraries.forEach(library -> patterns.addAll(library.packages()));
        return List.copyOf(patterns);
    }

    boolean isApp() {
        return folder.startsWith("app-");
    }
}
