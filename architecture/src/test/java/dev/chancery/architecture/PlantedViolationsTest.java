package dev.chancery.architecture;

import static dev.chancery.architecture.Classes.PLANTED;
import static dev.chancery.architecture.Classes.PLANTED_ROOT;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule refuses what was planted against it, and names the class.
class PlantedViolationsTest {
    @Test
    void aDomainThatReadsFilesIsRefused() {
        assertRefuses(Rules.domainReachesOnlyItsPartOfTheJdk(PLANTED_ROOT), "DomainThatReadsFiles", "java.nio.file.Path");
    }

    @ParameterizedTest
    @CsvSource({
        "DOMAIN, DomainThatSeesBouncyCastle", "PORTS, PortThatSeesFormats", "FORMATS, FormatThatSeesPorts",
        "VERIFICATION, VerificationThatSeesAnAdapter", "APPLICATION, ApplicationThatSeesAnAdapter", "TESTKIT, TestkitThatSeesFormats",
        "ADAPTERS_CRYPTO, CryptoThatSeesKeys", "ADAPTERS_KEYS, KeysThatSeeVerification",
        "ADAPTERS_PKCS11, TokensThatSeeTheApplication", "ADAPTERS_KMS, KmsThatSeesFormats", "ADAPTERS_TLOG, LogThatSeesTheApp",
        "APP_CLI, CommandThatSeesKms",
    })
    void aModuleThatReachesMoreThanItsRowIsRefused(Module module, String violator) {
        assertRefuses(Rules.moduleReachesOnlyItsRow(module, PLANTED_ROOT), violator);
    }

    @ParameterizedTest
    @CsvSource({"aws, AwsThatSeesVault", "gcp, GcpThatSeesAws", "azure, AzureThatSeesGcp", "vault, VaultThatSeesAzure"})
    void aWayToOneKeyServiceThatSeesAnotherIsRefused(String service, String violator) {
        assertRefuses(Rules.keyServiceSeesNoOther(service, PLANTED_ROOT), violator);
    }

    @ParameterizedTest
    @MethodSource("dev.chancery.architecture.Library#reached")
    void aLibraryReachedFromElsewhereIsRefused(Library library) {
        assertRefuses(Rules.libraryIsReachedOnlyFromItsPackage(library, PLANTED_ROOT),
                library == Library.BOUNCY_CASTLE ? "DomainThatSeesBouncyCastle" : "DomainThatSeesEverything");
    }

    @Test
    void aLineOfTheTableForALibraryThatItsPackageDoesNotUseIsRefused() {
        String failure = failure(Rules.libraryIsReachedFrom(Library.PICOCLI, PLANTED_ROOT + ".app.cli.."));
        assertTrue(failure.contains("no class does reach PICOCLI"), failure);
    }

    @Test
    void aTypeOfSomeoneElseInPublicApiIsRefused() {
        assertRefuses(Rules.publicApiIsOfOurTypesAndTheJdks(Module.DOMAIN, PLANTED_ROOT), "DomainThatShowsArrays.shownVendorType");
    }

    @Test
    void aByteArrayInPublicApiIsRefusedWhereverItStands() {
        ArchRule rule = Rules.publicApiHasNoByteArray(Module.DOMAIN, PLANTED_ROOT);
        assertRefuses(rule, "DomainThatShowsArrays.shownField", "DomainThatShowsArrays.<init>([B)", "DomainThatShowsArrays.shownResult",
                "DomainThatShowsArrays.shownParameter", "RecordOfBytes.component", "RecordOfBytes.<init>([B)");
        String failure = failure(rule);
        assertFalse(failure.contains("notShown"), failure);
        assertFalse(failure.contains("HolderOfBytes"), failure);
    }

    @Test
    void aClockReadOutsideAnAppIsRefusedInEachWay() {
        ArchRule rule = Rules.onlyAppsReadTheClock(PLANTED_ROOT);
        assertRefuses(rule, "FormatThatReadsTheClock.byCall", "FormatThatReadsTheClock.byReference", "FormatThatReadsTheClock.byDate",
                "FormatThatReadsTheClock.byMilliseconds", "FormatThatReadsTheClock.byClock");
        String failure = failure(rule);
        assertFalse(failure.contains("fromAClock"), failure);
        assertFalse(failure.contains("Command.time"), failure);
    }

    @Test
    void aCycleOfPackagesIsRefused() {
        assertRefuses(Rules.packagesOfAModuleHaveNoCycle(Module.DOMAIN, PLANTED_ROOT), "Left", "Right");
    }

    private static void assertRefuses(ArchRule rule, String... named) {
        String failure = failure(rule);
        assertAll(Stream.of(named).<Executable>map(name -> () -> assertTrue(failure.contains(name), () -> name + " is not in: " + failure)));
    }

    private static String failure(ArchRule rule) {
        return String.valueOf(assertThrows(AssertionError.class, () -> rule.check(PLANTED)).getMessage());
    }
}
