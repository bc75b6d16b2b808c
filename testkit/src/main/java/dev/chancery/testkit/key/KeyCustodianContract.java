package dev.chancery.testkit.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The part of the contract that is about looking after keys.
abstract class KeyCustodianContract extends DeclaredBackendTests {
    @TestFactory
    final Stream<DynamicTest> aKeyIsListedUnderItsReferenceWithItsPublicKey() {
        return declared().keys().stream().map(key -> dynamicTest(key.toString(), () -> {
            List<KeyDescription> listed = custodian().list(key.ref(), access(key.pinEntry()));
            assertEquals(List.of(key.publicKey()), publicKeys(listed), "exactly the one key that the reference names");
            listed.forEach(description -> assertHasNoSecret(description.toString()));
        }));
    }

    @TestFactory
    final Stream<DynamicTest> aKeyIsDescribedAsTheOpenKeyDescribesItself() {
        return declared().keys().stream().map(key -> dynamicTest(key.toString(), () -> {
            KeyDescription described = custodian().describe(key.ref(), access(key.pinEntry()));
            KeyDescription open = open(key).description();
            assertEquals(open.uri(), described.uri());
            assertEquals(open.label(), described.label());
            assertEquals(key.publicKey(), described.expectedKey().map(ExpectedKey::key).orElse(null));
        }));
    }

    @Test
    final void anAbsentKeyIsNotDescribed() {
        assertRefused(KeyException.NotOne.class, ErrorCode.KEY_NOT_FOUND,
                () -> custodian().describe(declared().absent(), access(declared().absentPinEntry())));
    }

    @Test
    final void exactlyTheDeclaredKindsCanBeGenerated() {
        declared().generation().ifPresentOrElse(
                generation -> assertEquals(generation.specs(), custodian().generatable(generation.place().apply("kinds"))),
                () -> assertEquals(Set.of(), custodian().generatable(declared().keys().getFirst().ref())));
    }

    @TestFactory
    final Stream<DynamicTest> aGeneratedKeySignsAndIsListedAndIsNeverWrittenOver() {
        return declared().generation().stream().flatMap(place -> wanted(place).stream().map(wanted -> dynamicTest(
                wanted.spec().cliName() + " " + wanted.fileFormat(), () -> checkGeneration(place, wanted))));
    }

    /// Each kind in one format, and each format with one kind.
    private static List<KeyGeneration> wanted(DeclaredBackend.Generation place) {
        List<FileFormat> formats = List.copyOf(place.formats());
        List<KeyGeneration> wanted = new ArrayList<>();
        place.specs().forEach(spec -> wanted.add(new KeyGeneration(spec, formats.getFirst())));
        formats.stream().skip(1).forEach(format -> wanted.add(new KeyGeneration(place.specs().iterator().next(), format)));
        return wanted;
    }

    private void checkGeneration(DeclaredBackend.Generation place, KeyGeneration wanted) throws Exception {
        KeyRef ref = place.place().apply(name("new " + wanted.spec() + wanted.fileFormat()));
        FixedPinEntry pinEntry = place.pinEntry();
        KeyDescription made = custodian().generate(ref, wanted, access(pinEntry));
        assertEquals(0, pinEntry.open(), "each PIN that was asked for is closed");
        assertTrue(pinEntry.prompts().size() <= 1, "a PIN is asked for once");
        assertHasNoSecret(made.toString());

        PublicKey publicKey = made.expectedKey().orElseThrow().key();
        assertEquals(publicKey, custodian().describe(ref, access(place.pinEntry())).expectedKey().orElseThrow().key());
        assertEquals(List.of(publicKey), publicKeys(custodian().list(ref, access(place.pinEntry()))));
        assertSigns(closedAfterwards(declared().backend().open(ref, access(place.pinEntry()))), publicKey);
        assertSigns(closedAfterwards(declared().backend().open(KeyRef.parse(made.uri()), access(place.pinEntry()))), publicKey);

        assertRefused(KeyException.Exists.class, ErrorCode.KEY_EXISTS,
                () -> custodian().generate(ref, wanted, access(place.pinEntry())));
        assertEquals(List.of(publicKey), publicKeys(custodian().list(ref, access(place.pinEntry()))), "the key is what it was");
    }

    @TestFactory
    final Stream<DynamicTest> otherKindsAreNotGenerated() {
        Set<KeySpec> declaredSpecs = declared().generation().map(DeclaredBackend.Generation::specs).orElse(Set.of());
        return Stream.of(KeySpec.values()).filter(spec -> !declaredSpecs.contains(spec)).map(spec -> dynamicTest(spec.cliName(), () -> {
            KeyGeneration unwanted = new KeyGeneration(spec, FileFormat.PKCS8_ENCRYPTED);
            if (declared().generation().isPresent()) {
                DeclaredBackend.Generation place = declared().generation().orElseThrow();
                KeyRef ref = place.place().apply(name("unwanted " + spec));
                assertRefused(KeyException.AlgorithmUnsupported.class, ErrorCode.ALGORITHM_UNSUPPORTED,
                        () -> custodian().generate(ref, unwanted, access(place.pinEntry())));
            } else {
                DeclaredKey key = declared().keys().getFirst();
                assertRefused(KeyException.Unsupported.class, ErrorCode.NOT_SUPPORTED_HERE,
                        () -> custodian().generate(key.ref(), unwanted, access(key.pinEntry())));
            }
        }));
    }

    @TestFactory
    final Stream<DynamicTest> withNobodyToAskForANeededPinNoKeyIsMade() {
        return declared().generation().stream().filter(place -> place.secretOrNull() != null).map(place -> dynamicTest("no PIN", () -> {
            KeyRef ref = place.place().apply("unmade");
            KeyGeneration wanted = wanted(place).getFirst();
            assertRefused(KeyException.PinUnavailable.class, ErrorCode.PIN_UNAVAILABLE,
                    () -> custodian().generate(ref, wanted, access(FixedPinEntry.none())));
            assertRefused(KeyException.NotOne.class, ErrorCode.KEY_NOT_FOUND,
                    () -> custodian().describe(ref, access(place.pinEntry())));
        }));
    }

    /// Lower-case letters and digits only, which every back end takes in a name.
    private static String name(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private KeyCustodian custodian() {
        return declared().backend().custodian();
    }

    private static List<PublicKey> publicKeys(List<KeyDescription> descriptions) {
        return descriptions.stream().map(description -> description.expectedKey().orElseThrow().key()).toList();
    }
}
