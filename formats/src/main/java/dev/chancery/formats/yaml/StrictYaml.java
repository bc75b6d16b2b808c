package dev.chancery.formats.yaml;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML 1.2.2 without leniency, and only what JSON can say, so that no two readers can see two things in one text. Refused are:
/// - anchors, aliases, tags, directives, merge keys and further documents,
/// - a key that stands twice, or isn't a string,
/// - unquoted text that another schema or version of YAML takes for something else (`no`, `~`, `0777`, `1_000`, `.inf`, `12:30`),
/// - `null` and empty values: a field that is there says something,
/// - bytes that aren't UTF-8, a byte order mark, unpaired surrogates, and what is over the limits below.
public final class StrictYaml {
    /// The deepest nesting of mappings and sequences.
    public static final int MAX_DEPTH = 64;

    /// The most values in one document.
    public static final int MAX_VALUES = 100_000;

    private static final int BYTE_ORDER_MARK = '\ufeff';

    private StrictYaml() {}

    /// Reads one document.
    ///
    /// @param maxLength in bytes
    /// @throws FormatException when the input is longer, or isn't one strict document
    public static YamlDocument parse(Bytes input, int maxLength) throws FormatException {
        if (input.size() > maxLength) {
            throw FormatException.tooLarge("", "bytes", input.size(), maxLength);
        }
        String text = input.utf8().orElseThrow(() -> FormatException.notUtf8("bytes that are no UTF-8"));
        if (text.indexOf(BYTE_ORDER_MARK) >= 0) {
            throw FormatException.notUtf8("a byte order mark");
        }
        LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).setParseComments(false).setUseMarks(true).build();
        try {
            return new YamlReader(new Parse(settings).parseString(text).iterator()).document();
        } catch (MarkedYamlEngineException e) {
            String problem = String.valueOf(e.getProblem());
            throw e.getProblemMark().isPresent()
                    ? FormatException.yamlMalformed(e.getProblemMark().get().getLine() + 1, e.getProblemMark().get().getColumn() + 1, problem)
                    : FormatException.yamlMalformed(1, 1, problem);
        } catch (YamlEngineException e) {
            throw FormatException.yamlMalformed(1, 1, String.valueOf(e.getMessage()));
        } catch (NumberFormatException e) { // snakeyaml-engine 3.2, for a tag with a percent sign and no digits behind it
            throw FormatException.yamlNotJson(1, 1, "no tags", "one with a percent sign");
        }
    }
}
