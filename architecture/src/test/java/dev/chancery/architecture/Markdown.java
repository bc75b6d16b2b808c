package dev.chancery.architecture;

import dev.chancery.domain.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the tests read in documents.
final class Markdown {
    private static final List<String> SECTIONS = List.of("## What it means", "## Causes", "## What to do");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*|#.*");
    private static final Pattern TEST = Pattern.compile("`([a-z0-9-]+): ([A-Z]\\w*)\\.(\\w+)`");

    private Markdown() {
    }

    static List<String> faultsOfErrorPage(String name, ErrorCode code, String text) {
        var faults = new ArrayList<String>();
        String title = "# " + code.code() + ": " + code.title();
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(title)) {
            faults.add(name + ": the first line is not \"" + title + "\"");
        }
        List<String> sections = lines.stream().filter(line -> line.startsWith("## ")).toList();
        if (!sections.equals(SECTIONS)) {
            faults.add(name + ": the sections are " + sections);
        }
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (SECTIONS.contains(lines.get(i)) && lines.get(i + 1).isBlank()) {
                faults.add(name + ": nothing stands under " + lines.get(i));
            }
        }
        return faults;
    }

    static List<String> deadLinks(Path root, Path document, String text) {
        String prose = INLINE_CODE.matcher(FENCED.matcher(text).replaceAll("")).replaceAll("");
        return LINK.matcher(prose).results().map(found -> found.group(1)).filter(target -> !ELSEWHERE.matcher(target).matches())
                .filter(target -> !Files.exists(root.resolve(document).resolveSibling(target.replaceFirst("#.*", ""))))
                .map(target -> document + ": " + target).toList();
    }

    /// The first cell of each row of each table.
    static List<String> firstColumn(String text) {
        return text.lines().filter(line -> line.startsWith("|")).map(line -> line.split("\\|", 3)[1].strip()).toList();
    }

    /// Tests named as `module: ClassName.methodName` in the rows of tables.
    static List<NamedTest> namedTests(String text) {
        return text.lines().filter(line -> line.startsWith("|")).flatMap(line -> TEST.matcher(line).results()).map(found -> new NamedTest(found.group(1), found.group(2), found.group(3))).toList();
    }

    record NamedTest(String module, String type, String method) {
    }
}
