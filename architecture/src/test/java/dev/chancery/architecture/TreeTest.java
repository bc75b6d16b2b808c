package dev.chancery.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The repository holds only what belongs to everybody.
class TreeTest {
    @Test
    void noFileNamesARegistryHostOrAMachinesPathOrHoldsAPrivateKey() {
        List<Path> files = Repository.files();
        assertTrue(files.contains(Path.of("pom.xml")), files::toString);
        assertEquals(List.of(), files.stream().flatMap(path -> TreeFaults.in(path.toString(), Repository.text(path)).stream()).toList());
    }

    @Test
    void noFileIsOverOneMegabyte() throws IOException {
        var large = new ArrayList<Path>();
        for (Path path : Repository.files()) {
            if (Files.size(Repository.ROOT.resolve(path)) > TreeFaults.MAX_FILE) {
                large.add(path);
            }
        }
        assertEquals(List.of(), large);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "https://repo1.maven,.org/maven2, names the registry host", "see PY,PI.ORG/simple, names the registry host",
        "cd /wo,rk/main, names a path of one machine", "file:/ro,ot/x, names a path of one machine",
        "-----BEGIN EC PRI,VATE KEY-----|MHcCAQEEIAAAAAAAAAAA, holds a private key",
    })
    void aPlantedWordIsFound(String firstHalf, String secondHalf, String fault) {
        List<String> faults = TreeFaults.in("docs/planted.md", (firstHalf + secondHalf).replace('|', '\n'));
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.getFirst().startsWith("docs/planted.md: " + fault), faults::toString);
    }

    @Test
    void aPrivateKeyMayStandInATest() {
        String key = "-----BEGIN PRIVATE " + "KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n";
        assertEquals(List.of(), TreeFaults.in("formats/src/test/java/A.java", key));
        assertEquals(1, TreeFaults.in("formats/src/main/java/A.java", key).size());
    }

    @ParameterizedTest
    @CsvSource({"/usr/lib/softhsm", "docs/work/items", "$PWD/root/x", "google.golang.org/grpc", "http://maven.apache.org/POM/4.0.0"})
    void anOrdinaryWordIsNot(String text) {
        assertEquals(List.of(), TreeFaults.in("docs/planted.md", text));
    }
}
