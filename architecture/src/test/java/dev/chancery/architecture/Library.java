package dev.chancery.architecture;

import java.util.List;
import java.util.stream.Stream;

/// Other people's libraries, the packages they bring, and the packages of ours that may reach them (ArchUnit's patterns, without the
/// root package before them).
@SuppressWarnings("ImmutableEnumChecker") // List.of: the type does not say it, but nobody can change them
enum Library {
    /// For what the JDK hasn't: Ed25519ph verification, key files (scrypt, PBES2, secretbox, ML-DSA), and what the forging kit signs.
    BOUNCY_CASTLE(List.of("org.bouncycastle:bcprov-jdk18on"), List.of("org.bouncycastle.."),
            List.of("adapters.crypto", "adapters.crypto.x509", "adapters.keys", "testkit.forge")),
    /// What the forging kit makes certificates and timestamps with; nothing that ships has it.
    BOUNCY_CASTLE_FORGING(List.of("org.bouncycastle:bcpkix-jdk18on", "org.bouncycastle:bcutil-jdk18on"), List.of("org.bouncycastle.cert..",
            "org.bouncycastle.cms..", "org.bouncycastle.operator..", "org.bouncycastle.tsp.."), List.of("testkit.forge")),
    CORRETTO(List.of("software.amazon.cryptools:AmazonCorrettoCryptoProvider"), List.of("com.amazon.corretto.."),
            List.of("adapters.crypto")),
    SNAKEYAML(List.of("org.snakeyaml:snakeyaml-engine"), List.of("org.snakeyaml.."), List.of("formats.yaml")),
    AWS_SDK(List.of("software.amazon.awssdk:kms", "software.amazon.awssdk:url-connection-client"),
            List.of("software.amazon.."), List.of("adapters.kms.aws")),
    VAULT(List.of("io.github.jopenlibs:vault-java-driver"), List.of("io.github.jopenlibs.."), List.of("adapters.kms.vault")),
    AZURE_SDK(List.of("com.azure:azure-security-keyvault-keys", "com.azure:azure-identity", "com.azure:azure-core-http-jdk-httpclient"),
            List.of("com.azure.."), List.of("adapters.kms.azure")),
    GOOGLE_SDK(List.of("com.google.cloud:google-cloud-kms"), List.of("com.google.cloud..", "com.google.api..", "com.google.protobuf..",
            "com.google.rpc..", "com.google.auth..", "io.grpc.."), List.of("adapters.kms.gcp")),
    /// Keeps the SDKs' logging quiet; no code names it.
    SLF4J_NOP(List.of("org.slf4j:slf4j-nop"), List.of(), List.of()),
    RE2J(List.of("com.google.re2j:re2j"), List.of("com.google.re2j.."), List.of("verification")),
    CEL(List.of("dev.cel:compiler", "dev.cel:runtime"), List.of("dev.cel.."), List.of("adapters.cel")),
    PICOCLI(List.of("info.picocli:picocli"), List.of("picocli.."), List.of("app.cli..")),
    QRCODEGEN(List.of("io.nayuki:qrcodegen"), List.of("io.nayuki.."), List.of("app.cli.approval.qr")),
    DAGGER(List.of("com.google.dagger:dagger"), List.of("dagger..", "javax.inject..", "jakarta.inject.."), List.of("app.cli..")),
    JUNIT(List.of("org.junit.jupiter:junit-jupiter"), List.of("org.junit..", "org.opentest4j..", "org.apiguardian.."),
            List.of("testkit.."));

    private final List<String> artifacts;
    private final List<String> packages;
    private final List<String> reachableFrom;

    Library(List<String> artifacts, List<String> packages, List<String> reachableFrom) {
        this.artifacts = artifacts;
        this.packages = packages;
        this.reachableFrom = reachableFrom;
    }

    /// Those that code of ours names.
    static Stream<Library> reached() {
        return Stream.of(values()).filter(library -> !library.packages.isEmpty());
    }

    List<String> artifacts() {
        return artifacts;
    }

    List<String> packages() {
        return packages;
    }

    List<String> reachableFrom(String root) {
        return reachableFrom.stream().map(pattern -> root + "." + pattern).toList();
    }
}
