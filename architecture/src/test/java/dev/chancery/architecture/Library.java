package dev.chancery.architecture;

import java.util.List;

/// Other people's libraries, the packages they bring, and the packages of ours that may reach them (ArchUnit's patterns, without the
/// root package before them).
@SuppressWarnings("ImmutableEnumChecker") // List.of: the type does not say it, but nobody can change them
enum Library {
    /// From two places, each for what the JDK hasn't: Ed25519ph verification, and key files (scrypt, PBES2, secretbox, ML-DSA).
    BOUNCY_CASTLE(List.of("org.bouncycastle:bcprov-jdk18on"), List.of("org.bouncycastle.."),
            List.of("adapters.crypto", "adapters.keys")),
    CORRETTO(List.of("software.amazon.cryptools:AmazonCorrettoCryptoProvider"), List.of("com.amazon.corretto.."),
            List.of("adapters.crypto")),
    AWS_SDK(List.of("software.amazon.awssdk:kms", "software.amazon.awssdk:url-connection-client"),
            List.of("software.amazon.."), List.of("adapters.kms.aws")),
    VAULT(List.of("io.github.jopenlibs:vault-java-driver"), List.of("io.github.jopenlibs.."), List.of("adapters.kms.vault")),
    RE2J(List.of("com.google.re2j:re2j"), List.of("com.google.re2j.."), List.of("verification")),
    PICOCLI(List.of("info.picocli:picocli"), List.of("picocli.."), List.of("app.cli..")),
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
