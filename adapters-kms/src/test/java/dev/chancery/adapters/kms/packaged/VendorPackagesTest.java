package dev.chancery.adapters.kms.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.kms.service.KeyService;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each vendor's libraries are named by one package, no vendor's package names another's, and the shared one names none of either.
final class VendorPackagesTest {
    private static final String BASE = "dev/chancery/adapters/kms/";
    /// What names in class files begin with, for each vendor's package.
    private static final Map<String, List<String>> VENDORS = Map.of(
            "aws", List.of("software/amazon/"),
            "azure", List.of("com/azure/", "com/microsoft/", "reactor/"),
            "gcp", List.of("com/google/", "io/grpc/"),
            "vault", List.of("io/github/jopenlibs/"));

    @Test
    void noPackageNamesAnotherVendorsClasses() throws Exception {
        for (String own : List.of("aws", "azure", "gcp", "vault", "service")) {
            List<String> violations = new ArrayList<>();
            int classes = 0;
            for (Path file : classFiles(own)) {
                classes++;
                for (String name : names(file)) {
                    VENDORS.forEach((vendor, libraries) -> {
                        if (!vendor.equals(own) && (name.contains(BASE + vendor + "/") || libraries.stream().anyMatch(library -> begins(name, library)))) {
                            violations.add(file.getFileName() + " names " + name);
                        }
                    });
                }
            }
            assertTrue(classes > 3, "the classes of " + own + " were looked at");
            assertEquals(List.of(), violations);
        }
    }

    @Test
    void theRuleSeesWhatItLooksFor() throws Exception {
        for (Map.Entry<String, List<String>> vendor : VENDORS.entrySet()) {
            boolean seen = false;
            for (Path file : classFiles(vendor.getKey())) {
                seen |= names(file).stream().anyMatch(name -> begins(name, vendor.getValue().getFirst()));
            }
            assertTrue(seen, vendor.getKey() + " names its own libraries");
        }
    }

    /// As a class, or in a descriptor or signature.
    private static boolean begins(String name, String library) {
        return name.startsWith(library) || name.contains("L" + library);
    }

    private static List<Path> classFiles(String name) throws IOException, URISyntaxException {
        Path classes = Path.of(KeyService.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.list(classes.resolve(BASE + name))) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static List<String> names(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
            switch (entry) {
                case ClassEntry type -> names.add(type.asInternalName());
                case Utf8Entry text -> names.add(text.stringValue());
                default -> { }
            }
        }
        return names;
    }
}
