package dev.chancery.adapters.keys.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.testkit.key.FixedPinEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a reference may say, what only the configuration may, and what is said of an unsound one.
final class JcaConfigurationTest {
    private static final String EMPTY = "'empty': {'providerClass': 'dev.chancery.adapters.keys.jca.EmptyProvider', 'type': 'PKCS12', 'pin': 'none'}";

    @ParameterizedTest
    @ValueSource(strings = {"jca:empty;providerClass=java.lang.String", "jca:empty;provider-class=x", "jca:empty;config=/etc/passwd",
        "jca:empty;type=JKS", "jca:empty;file=/tmp/x.p12", "jca:empty;alias", "jca:empty;alias=", "jca:empty;alias=%zz", "jca:empty;alias=%2",
        "jca:empty;alias=%ff", "jca:empty;alias=a;alias=b", "jca:", "jca:;alias=a", "jca:com/example", "jca:a b", "jca:empty;"})
    void aReferenceNamesAStoreAndAnAliasAndNothingElse(String uri, @TempDir Path folder) throws Exception {
        assertRefused(ErrorCode.KEY_URI_MALFORMED, "", JcaStores.backend(folder, EMPTY), uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jca:empty;pin=1234567890", "jca:empty;pin-value=1234567890", "jca:empty;Password=1234567890", "jca:pkcs12;storepass=1234567890"})
    void aSecretInAReferenceIsRefusedAndNotRepeated(String uri) {
        KeyException refusal = assertThrows(KeyException.class, () -> JcaUri.parse(uri));
        assertEquals(ErrorCode.PIN_IN_URI, refusal.problem().code());
        assertFalse(refusal.toString().contains("1234567890") || refusal.problem().toString().contains("1234567890"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jca:hsm", "jca:hsm;alias=plain", "jca:pkcs12;file=/a/b.p12;alias=x", "jca:hsm;alias=der%20schl%C3%BCssel%3B%20nr%3D1"})
    void aReferenceIsWrittenAsItIsRead(String uri) throws Exception {
        assertEquals(uri, JcaUri.parse(uri).text());
    }

    @Test
    void anUnknownStoreIsNamedWithThoseThatThereAre(@TempDir Path folder) throws Exception {
        assertRefused(ErrorCode.JCA_STORE_UNKNOWN, "names empty", JcaStores.backend(folder, EMPTY), "jca:other");
        JcaBackend none = new JcaBackend(new JcaConfiguration(folder.resolve("nothing.json")), new SpkiPublicKeyDecoder());
        assertRefused(ErrorCode.JCA_STORE_UNKNOWN, "names none, or does not exist", none, "jca:other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'a': {'type': 'X'}                                                           | not exactly one of providerClass and providerName",
        "'a': {'type': 'X', 'providerClass': 'C', 'providerName': 'N'}                | not exactly one of providerClass and providerName",
        "'a': {'providerClass': 'C'}                                                  | type",
        "'a': {'type': 'X', 'providerClass': 'C', 'pin': '1234'}                      | neither required nor none",
        "'a': {'type': 'X', 'providerName': 'N', 'providerPath': ['/x.jar']}          | is for a providerClass",
        "'a': {'type': 'X', 'providerClass': 'C', 'providerPath': [1]}                | not a list of texts",
        "'a': {'type': 'X', 'providerClass': 'C', 'password': 'x'}                    | password",
        "'a': {'type': 'X', 'providerClass': 'C', 'signatures': {'sha1': 'x'}}        | sha1",
        "'a': {'type': 'X', 'providerClass': 'C'}, 'a': {}                            | found a second time",
        "'pkcs12': {'type': 'X', 'providerClass': 'C'}                                | the name pkcs12 is taken",
        "'a': []                                                                      | a"})
    void anUnsoundConfigurationIsRefusedWithThePlace(String stores, String why, @TempDir Path folder) throws Exception {
        assertRefused(ErrorCode.JCA_CONFIGURATION_INVALID, why, JcaStores.backend(folder, stores), "jca:a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
    void aConfigurationThatOthersCanChangeIsRefused(String permissions, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("jca.json"), "{\"stores\": {}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertRefused(ErrorCode.JCA_CONFIGURATION_INVALID, "other than its owner can change it",
                new JcaBackend(new JcaConfiguration(file), new SpkiPublicKeyDecoder()), "jca:a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'providerClass': 'no.such.Provider', 'type': 'X'                                                | there is no class no.such.Provider",
        "'providerClass': 'java.lang.String', 'type': 'X'                                                | is no java.security.Provider",
        "'providerClass': 'java.lang.Integer', 'type': 'X'                                               | does not load",
        "'providerClass': 'C', 'providerPath': ['/no/such.jar'], 'type': 'X'                             | /no/such.jar cannot be read",
        "'providerName': 'NoSuch', 'type': 'X'                                                           | the JVM has no provider NoSuch",
        "'providerName': 'SUN', 'providerConfig': 'x', 'type': 'JKS'                                     | does not take its providerConfig",
        "'providerName': 'SunPKCS11', 'providerConfig': '/no/such.cfg', 'type': 'PKCS11'                 | does not take its providerConfig",
        "'providerClass': 'dev.chancery.adapters.keys.jca.EmptyProvider', 'type': 'X', 'pin': 'none'     | X",
        "'providerName': 'SUN', 'type': 'JKS', 'file': '/no/such.jks', 'pin': 'none'                     | /no/such.jks"})
    void aProviderThatCannotBeUsedIsExplained(String settings, String why, @TempDir Path folder) throws Exception {
        assertRefused(ErrorCode.JCA_PROVIDER_UNUSABLE, why, JcaStores.backend(folder, "'a': {" + settings + "}"), "jca:a");
    }

    @Test
    void aStoreWithoutKeysIsAnEmptyListAndHasNoKeyToOpen(@TempDir Path folder) throws Exception {
        JcaBackend backend = JcaStores.backend(folder, "'a': {'providerName': 'SUN', 'type': 'JKS', 'pin': 'none'}");
        assertEquals(List.of(), backend.custodian().list(KeyRef.parse("jca:a"), access()));
        KeyException refusal = assertThrows(KeyException.NotOne.class, () -> backend.open(KeyRef.parse("jca:a"), access()));
        assertTrue(refusal.problem().why().contains("no private keys"));
    }

    @Test
    void noProviderIsRegistered(@TempDir Path folder) throws IOException {
        List<String> before = Stream.of(Security.getProviders()).map(Provider::getName).toList();
        assertThrows(KeyException.class, () -> JcaStores.backend(folder, EMPTY).open(KeyRef.parse("jca:empty"), access()));
        assertEquals(before, Stream.of(Security.getProviders()).map(Provider::getName).toList());
    }

    private static KeyAccess access() {
        return new KeyAccess(FixedPinEntry.of("1234"), KeyAccess.DEFAULT_DEADLINE, false);
    }

    private static void assertRefused(ErrorCode code, String why, JcaBackend backend, String uri) {
        KeyException refusal = assertThrows(KeyException.class, () -> backend.open(KeyRef.parse(uri), access()));
        assertEquals(code, refusal.problem().code(), refusal::getMessage);
        assertTrue(refusal.problem().why().contains(why.strip()), refusal.problem().why());
    }
}
