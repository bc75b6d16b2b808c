package dev.chancery.domain.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.error.ErrorCode;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The first eight AWS spellings, and the forms of the others, are those that cosign's documentation gives for its --key.
final class ServiceKeyUrisTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "awskms:///1234abcd-12ab-34cd-56ef-1234567890ab, -, 1234abcd-12ab-34cd-56ef-1234567890ab, -, -",
        "awskms://localhost:4566/1234abcd-12ab-34cd-56ef-1234567890ab, localhost:4566, 1234abcd-12ab-34cd-56ef-1234567890ab, -, -",
        "awskms:///arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab, -, "
            + "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab, -, us-east-2",
        "awskms:///alias/ExampleAlias, -, alias/ExampleAlias, alias/ExampleAlias, -",
        "awskms://localhost:4566/alias/ExampleAlias, localhost:4566, alias/ExampleAlias, alias/ExampleAlias, -",
        "awskms:///arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/Example/Alias, -, "
            + "arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/Example/Alias, alias/Example/Alias, us-gov-west-1",
        "awskms:///mrk-1234abcd12ab34cd56ef1234567890ab, -, mrk-1234abcd12ab34cd56ef1234567890ab, -, -",
        "AWSKMS:///alias/a, -, alias/a, alias/a, -",
        "awskms:///, -, -, -, -"})
    void awsKeysAreReadInCosignsSpellings(String uri, String endpoint, String key, String alias, String region) throws Exception {
        AwsKmsKeyRef ref = (AwsKmsKeyRef) KeyRef.parse(uri);
        assertEquals(uri, ref.text());
        assertEquals(Optional.ofNullable(endpoint), ref.endpoint());
        assertEquals(Optional.ofNullable(key), ref.key());
        assertEquals(Optional.ofNullable(alias), ref.alias());
        assertEquals(Optional.ofNullable(region), ref.region());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "gcpkms://projects/p/locations/europe-west3/keyRings/r, -, -",
        "gcpkms://projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k, k, -",
        "gcpkms://projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k/versions/2, k, 2",
        "gcpkms://projects/p/locations/europe-west3/keyRings/r/cryptoKeys/k/cryptoKeyVersions/12, k, 12"})
    void googleKeysAreReadInCosignsSpellings(String uri, String key, String version) throws Exception {
        GcpKmsKeyRef ref = (GcpKmsKeyRef) KeyRef.parse(uri);
        assertEquals("projects/p/locations/europe-west3/keyRings/r", ref.keyRing());
        assertEquals(Optional.ofNullable(key), ref.key());
        assertEquals(Optional.ofNullable(version), ref.version());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "azurekms://v.vault.azure.net, -, -",
        "azurekms://v.vault.azure.net/release-key, release-key, -",
        "azurekms://v.vault.azure.net/release-key/, release-key, -",
        "azurekms://v.vault.azure.net/release-key/0123456789abcdef0123456789abcdef, release-key, 0123456789abcdef0123456789abcdef"})
    void azureKeysAreReadInCosignsSpellings(String uri, String key, String version) throws Exception {
        AzureKmsKeyRef ref = (AzureKmsKeyRef) KeyRef.parse(uri);
        assertEquals("v.vault.azure.net", ref.host());
        assertEquals(Optional.ofNullable(key), ref.key());
        assertEquals(Optional.ofNullable(version), ref.version());
    }

    @Test
    void vaultKeysAreReadInCosignsSpellingsAndWithAVersion() throws Exception {
        assertEquals(Optional.of("release.key_1-a"), ((HashiVaultKeyRef) KeyRef.parse("hashivault://release.key_1-a")).key());
        assertEquals(Optional.of("k"), ((HashiVaultKeyRef) KeyRef.parse("openbao://k")).key());
        assertEquals(OptionalInt.of(3), ((HashiVaultKeyRef) KeyRef.parse("hashivault://k/versions/3")).version());
        assertEquals(Optional.empty(), ((HashiVaultKeyRef) KeyRef.parse("hashivault://")).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "awskms:alias/x", "awskms://alias/x", "awskms:///alias/", "awskms:///release", "awskms:///alias/a b", "awskms://user@host/alias/x",
        "awskms:///arn:aws:s3:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "awskms:///alias/a?x=y",
        "gcpkms://projects/p/locations/l/cryptoKeys/k", "gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k/versions/latest",
        "gcpkms:///projects/p/locations/l/keyRings/r/cryptoKeys/k",
        "azurekms://", "azurekms:///key", "azurekms://v.vault.azure.net/a_b", "azurekms://v.vault.azure.net/a/B", "azurekms://v/a/b/c",
        "hashivault://.", "hashivault://a/b", "hashivault://a/versions/0", "hashivault://a/versions/x", "hashivault://-a", "hashivault:a"})
    void whatNamesNoKeyOfTheServiceIsRefusedWithTheForm(String uri) {
        KeyRefException refused = assertThrows(KeyRefException.class, () -> KeyRef.parse(uri));
        assertEquals(ErrorCode.KEY_URI_MALFORMED, refused.problem().code());
        assertEquals("write " + uri.substring(0, uri.indexOf(':')) + "://", refused.problem().remedy().substring(0, 9 + uri.indexOf(':')));
    }

    @Test
    void aPasswordInTheAddressIsNotRepeated() {
        KeyRefException refused = assertThrows(KeyRefException.class, () -> KeyRef.parse("awskms://me:hunter2@kms.example/alias/x"));
        assertFalse(refused.problem().toString().contains("hunter2"));
    }
}
