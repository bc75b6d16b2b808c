package dev.chancery.app.cli.options;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// Builds option specifications and reads their values; all values are text here, and each command gives them meaning.
public final class Options {
    private Options() {}

    /// A command with a description, footer examples and the options every command has.
    public static CommandSpec command(String name, String description, String... examples) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(null, new PlainFactory()).name(name);
        spec.usageMessage().description(description).footerHeading("%nExamples:%n").footer(examples);
        spec.addOption(flag("--help", "Show this help and exit.", "-h").usageHelp(true).build());
        spec.addOption(value("--output", "FORMAT", "text (the default) or json.").build());
        return spec;
    }

    public static OptionSpec.Builder value(String name, String label, String description, String... aliases) {
        return OptionSpec.builder(names(name, aliases)).type(String.class).paramLabel(label).description(description);
    }

    /// An option that may be given several times.
    public static OptionSpec.Builder values(String name, String label, String description, String... aliases) {
        return OptionSpec.builder(names(name, aliases)).type(List.class).auxiliaryTypes(String.class).paramLabel(label).description(description);
    }

    public static List<String> many(ParseResult line, String option) {
        return line.matchedOptionValue(option, List.<String>of());
    }

    public static OptionSpec.Builder flag(String name, String description, String... aliases) {
        return OptionSpec.builder(names(name, aliases)).type(boolean.class).arity("0").description(description);
    }

    private static String[] names(String name, String... aliases) {
        String[] names = new String[aliases.length + 1];
        names[0] = name;
        System.arraycopy(aliases, 0, names, 1, aliases.length);
        return names;
    }

    public static PositionalParamSpec parameter(String label, String arity, String description) {
        return PositionalParamSpec.builder().type(List.class).auxiliaryTypes(String.class).paramLabel(label).arity(arity)
                .description(description).build();
    }

    /// The value of an option, which for one that takes several is the only one: [#required] refuses more.
    public static Optional<String> text(ParseResult line, String option) {
        Object value = line.matchedOptionValue(option, (Object) null);
        if (value instanceof List<?> several) {
            return several.isEmpty() ? Optional.empty() : Optional.of((String) several.getFirst());
        }
        return Optional.ofNullable((String) value);
    }

    public static boolean has(ParseResult line, String option) {
        return line.hasMatchedOption(option);
    }

    public static List<String> parameters(ParseResult line) {
        return line.hasMatchedPositional(0) ? line.matchedPositionalValue(0, List.<String>of()) : List.of();
    }

    public static String required(ParseResult line, String option, String example) throws UsageException {
        Object given = line.matchedOptionValue(option, (Object) null);
        if (given instanceof List<?> several && several.size() > 1) {
            throw new UsageException(option + " was given " + several.size() + " times, and only one of them can be used here", "add " + example + " once");
        }
        Optional<String> value = text(line, option);
        return value.orElseThrow(() -> new UsageException(option + " is missing", "add " + example));
    }

    public static String single(ParseResult line, String what) throws UsageException {
        List<String> given = parameters(line);
        if (given.size() != 1) {
            throw new UsageException("one " + what + " is needed, " + given.size() + " were given", "name exactly one " + what);
        }
        return given.getFirst();
    }
}
