package dev.chancery.adapters.kms.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.KeyBackendProvider;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each add-on's folder, with nothing of the others on the class path, has all its back end needs to get as far as the network.
final class AddOnsIT {
    private static final Path ADD_ONS = Path.of(Objects.requireNonNull(System.getProperty("chancery.addons")));
    /// Nothing listens on port 1, and `.invalid` is never resolved (RFC 6761 §6.4).
    private static final Map<String, String> NOWHERE = Map.of("VAULT_ADDR", "http://127.0.0.1:1", "VAULT_TOKEN", "t",
            "AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "s", "AWS_REGION", "eu-central-1",
            "GOOGLE_CLOUD_UNIVERSE_DOMAIN", "chancery.invalid", "NO_GCE_CHECK", "true");

    @TempDir
    private @Nullable Path folder;

    @ParameterizedTest
    @CsvSource({
        "hashivault, hashivault://k",
        "awskms, awskms://127.0.0.1:1/alias/k",
        "gcpkms, gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k/versions/1",
        "azurekms, azurekms://127.0.0.1:1/k"})
    void anAddOnAloneGetsAsFarAsTheNetwork(String scheme, String uri) throws Exception {
        String said = run(scheme, uri);
        assertFalse(said.contains("NoClassDefFoundError") || said.contains("ClassNotFoundException") || said.contains("SLF4J"), said);
        assertTrue(said.startsWith("CHY-K068"), said);
    }

    @ParameterizedTest
    @CsvSource({
        "hashivault, 'vault-java-driver', 'kms-2,google-,azure-,slf4j'",
        "awskms, 'kms-2', 'vault-java-driver,google-,azure-,netty,apache'",
        "gcpkms, 'google-cloud-kms', 'vault-java-driver,azure-,sdk-core'",
        "azurekms, 'azure-security', 'vault-java-driver,google-,sdk-core,netty'"})
    void anAddOnHoldsItsOwnLibrariesAndNoOthers(String scheme, String has, String hasNot) throws IOException {
        List<String> names = names(scheme);
        assertTrue(names.stream().anyMatch(name -> name.startsWith(has)), names.toString());
        for (String other : hasNot.split(",", -1)) {
            assertFalse(names.stream().anyMatch(name -> name.startsWith(other)), other + " in " + names);
        }
    }

    @Test
    void theCoreIsNotRepeatedInAnAddOn() throws IOException {
        for (String scheme : List.of("hashivault", "awskms", "gcpkms", "azurekms")) {
            assertEquals(1, names(scheme).stream().filter(name -> name.startsWith("chancery-")).count(), scheme);
        }
    }

    private static List<String> names(String scheme) throws IOException {
        try (Stream<Path> jars = Files.list(ADD_ONS.resolve(scheme))) {
            return jars.map(jar -> jar.getFileName().toString()).sorted().toList();
        }
    }

    private String run(String scheme, String uri) throws Exception {
        String classPath = String.join(":", place(OpenOneKey.class), place(KeyRef.class), place(KeyBackendProvider.class),
                place(SpkiPublicKeyDecoder.class), ADD_ONS.resolve(scheme) + "/*");
        Path output = Objects.requireNonNull(folder).resolve("output");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath, OpenOneKey.class.getName(), uri).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(NOWHERE);
        builder.environment().put("GOOGLE_APPLICATION_CREDENTIALS", serviceAccount().toString());
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end: " + Files.readString(output));
        }
        return Files.readString(output);
    }

    /// A key file of Google's form whose token can't be had anywhere.
    private Path serviceAccount() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String pem = "-----BEGIN PRIVATE KEY-----\\n" + Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\\n-----END PRIVATE KEY-----\\n";
        return Files.writeString(Objects.requireNonNull(folder).resolve("account.json"), "{\"type\":\"service_account\",\"project_id\":\"p\","
                + "\"private_key_id\":\"1\",\"private_key\":\"" + pem + "\",\"client_email\":\"a@p.invalid\",\"client_id\":\"1\","
                + "\"token_uri\":\"http://127.0.0.1:1/token\",\"universe_domain\":\"chancery.invalid\"}");
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
