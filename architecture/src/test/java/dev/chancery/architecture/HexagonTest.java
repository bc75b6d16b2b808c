package dev.chancery.architecture;

import static dev.chancery.architecture.Classes.PROGRAM;
import static dev.chancery.architecture.Classes.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The program keeps the rules. That the rules can fail is PlantedViolationsTest's to show.
class HexagonTest {
    @Test
    void theDomainReachesOnlyItsPartOfTheJdk() {
        Rules.domainReachesOnlyItsPartOfTheJdk(ROOT).check(PROGRAM);
    }

    @ParameterizedTest
    @EnumSource
    void aModuleReachesOnlyWhatItsRowAllows(Module module) {
        Rules.moduleReachesOnlyItsRow(module, ROOT).check(PROGRAM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "azure", "gcp", "vault"})
    void theWayToOneKeyServiceSeesNoOther(String service) {
        Rules.keyServiceSeesNoOther(service, ROOT).check(PROGRAM);
    }

    @Test
    void everyKeyServiceThereIsHasARule() {
        List<String> services = packagesBelow(ROOT + ".adapters.kms.").filter(Rules.keyServices()::contains).sorted().toList();
        assertEquals(List.of("aws", "azure", "gcp", "vault"), services, "name the new one in the test above");
        assertEquals(List.of("service"), packagesBelow(ROOT + ".adapters.kms.").filter(name -> !Rules.keyServices().contains(name)).toList(),
                "what is common to key services is one package; another one is a service without a rule");
    }

    @ParameterizedTest
    @MethodSource("dev.chancery.architecture.Library#reached")
    void aLibraryIsReachedOnlyFromItsPackage(Library library) {
        Rules.libraryIsReachedOnlyFromItsPackage(library, ROOT).check(PROGRAM);
        for (String pattern : library.reachableFrom(ROOT)) {
            Rules.libraryIsReachedFrom(library, pattern).check(PROGRAM);
        }
    }

    @ParameterizedTest
    @MethodSource("core")
    void thePublicApiOfTheCoreIsOfOurTypesAndTheJdks(Module module) {
        Rules.publicApiIsOfOurTypesAndTheJdks(module, ROOT).check(PROGRAM);
    }

    @ParameterizedTest
    @MethodSource("core")
    void thePublicApiOfTheCoreHasNoByteArray(Module module) {
        Rules.publicApiHasNoByteArray(module, ROOT).check(PROGRAM);
    }

    @Test
    void onlyAppsReadTheClock() {
        Rules.onlyAppsReadTheClock(ROOT).check(PROGRAM);
    }

    @ParameterizedTest
    @EnumSource
    void thePackagesOfAModuleHaveNoCycle(Module module) {
        assertTrue(PROGRAM.stream().anyMatch(type -> within(module, type)), "no class of " + module);
        Rules.packagesOfAModuleHaveNoCycle(module, ROOT).check(PROGRAM);
    }

    @ParameterizedTest
    @EnumSource
    void aModulesClassesAreInItsOwnPackages(Module module) {
        Path folder = Repository.ROOT.resolve(module.folder()).resolve("target/classes");
        JavaClasses classes = new ClassFileImporter().importPath(folder);
        assertFalse(classes.isEmpty());
        assertEquals(List.of(), classes.stream().filter(type -> !within(module, type)).map(JavaClass::getName).toList());
    }

    @Test
    void aRuleThatMatchesNoClassFails() {
        AssertionError failure = assertThrows(AssertionError.class,
                () -> Rules.moduleReachesOnlyItsRow(Module.PORTS, "dev.chancery.nowhere").check(PROGRAM));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("failed to check any classes"), message);
    }

    static List<Module> core() {
        return Rules.core();
    }

    private static boolean within(Module module, JavaClass type) {
        String packages = module.packages(ROOT);
        return (type.getPackageName() + "..").startsWith(packages.substring(0, packages.length() - 1));
    }

    private static Stream<String> packagesBelow(String prefix) {
        return PROGRAM.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).replaceFirst("\\..*", "")).distinct();
    }
}
