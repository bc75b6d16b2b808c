package dev.chancery.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tests of the documents can fail.
class PlantedDocumentsTest {
    private static final String PAGE = """
            # CHY-K001: the PIN is wrong

            ## What it means
            a
            ## Causes
            b
            ## What to do
            c
            """;

    @Test
    void aPageIsHeldToItsTitleAndSections() {
        assertEquals(List.of(), faults(PAGE));
        assertTrue(faults(PAGE.replace("is wrong", "was wrong")).getFirst().contains("the first line is not \"# CHY-K001: the PIN is wrong\""));
        assertTrue(faults(PAGE.replace("## Causes", "## Cause")).getFirst().contains("the sections are"));
        assertTrue(faults(PAGE.replace("## Causes\nb", "## Causes\n")).getFirst().contains("nothing stands under ## Causes"));
        assertEquals(2, faults("").size());
    }

    @Test
    void aDeadLinkIsFoundAndOthersAreLeftAlone(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("docs/adr"));
        Files.writeString(root.resolve("docs/there.md"), "");
        String text = """
                [a](there.md) [b](there.md#part) [c](adr) [d](../docs/there.md) [e](https://example.com/x) [f](#here)
                `[code](nowhere.md)`
                ```
                [code](nowhere.md)
                ```
                [dead](gone.md#part)
                """;
        assertEquals(List.of("docs/page.md: gone.md#part"), Markdown.deadLinks(root, Path.of("docs/page.md"), text));
    }

    @Test
    void aRowsFirstColumnIsRead() {
        assertEquals(List.of("dependency", "---", "`a:b`"), Markdown.firstColumn("text\n| dependency | why |\n|---|---|\n| `a:b` | c |\n"));
    }

    @Test
    void aNamedTestIsRead() {
        assertEquals(List.of(new Markdown.NamedTest("adapters-keys", "KeyTest", "aKeyIsRead")),
                Markdown.namedTests("| T1 | `adapters-keys: KeyTest.aKeyIsRead` and `other` |"));
    }

    private static List<String> faults(String page) {
        return Markdown.faultsOfErrorPage("page", ErrorCode.PIN_WRONG, page);
    }
}
