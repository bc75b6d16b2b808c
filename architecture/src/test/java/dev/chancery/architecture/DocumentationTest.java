package dev.chancery.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chancery.domain.error.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The documents say what the code says.
class DocumentationTest {
    private static final Path ERRORS = Path.of("docs/errors");
    private static final Path DEPENDENCIES = Path.of("docs/adr/0003-dependencies.md");
    private static final Path THREATS = Path.of("docs/threat-model.md");

    @Test
    void everyErrorCodeHasItsPageAndNoPageIsWithoutACode() {
        var expected = new TreeSet<>(Stream.of(ErrorCode.values()).map(code -> code.code() + ".md").toList());
        var pages = new TreeSet<>(Repository.files(".md").stream().filter(path -> ERRORS.equals(path.getParent()))
                .map(path -> path.getFileName().toString()).filter(name -> !name.equals("README.md")).toList());
        assertEquals(expected, pages);
    }

    @Test
    void anErrorsPageHasItsTitleAndThreeSections() {
        var wrong = new ArrayList<String>();
        for (ErrorCode code : ErrorCode.values()) {
            Path page = ERRORS.resolve(code.code() + ".md");
            wrong.addAll(Markdown.faultsOfErrorPage(page.toString(), code, Repository.text(page)));
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() {
        List<Path> documents = Repository.files(".md");
        assertFalse(documents.isEmpty());
        assertEquals(List.of(), documents.stream()
                .flatMap(path -> Markdown.deadLinks(Repository.ROOT, path, Repository.text(path)).stream()).toList());
    }

    @Test
    void everyThirdPartyDependencyIsExplained() {
        Pom parent = Pom.read("");
        List<String> groups = parent.texts("/project/dependencyManagement/dependencies/dependency/groupId");
        List<String> artifacts = parent.texts("/project/dependencyManagement/dependencies/dependency/artifactId");
        assertEquals(groups.size(), artifacts.size());
        List<String> explained = Markdown.firstColumn(Repository.text(DEPENDENCIES));
        var missing = new ArrayList<String>();
        for (int i = 0; i < groups.size(); i++) {
            String dependency = groups.get(i) + ":" + artifacts.get(i);
            if (!groups.get(i).equals("dev.chancery") && !explained.contains("`" + dependency + "`")) {
                missing.add(dependency);
            }
        }
        assertFalse(groups.isEmpty());
        assertEquals(List.of(), missing, "no row in " + DEPENDENCIES);
    }

    @Test
    void everyTestThatTheThreatModelNamesExists() {
        List<Markdown.NamedTest> tests = Markdown.namedTests(Repository.text(THREATS));
        assertFalse(tests.isEmpty(), "no row names a test as `module: ClassName.methodName`");
        assertEquals(List.of(), tests.stream().filter(test -> !exists(test)).toList());
    }

    private static boolean exists(Markdown.NamedTest test) {
        Pattern method = Pattern.compile("\\b(?:void|Stream<DynamicTest>) " + Pattern.quote(test.method()) + "\\(");
        return Repository.files("/" + test.type() + ".java").stream().filter(path -> path.startsWith(test.module()))
                .anyMatch(path -> method.matcher(Repository.text(path)).find());
    }
}
