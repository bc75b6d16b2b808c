package dev.chancery.app.cli.io;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.text.SafeText;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/// What the program prints: results on standard output, everything else on standard error. With JSON, standard output gets exactly
/// one document, errors included.
public final class Output {
    private static final Bytes LINE_END = Bytes.ofUtf8("\n");

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean terminal;

    /// @param json whether results are JSON
    /// @param terminal whether standard error is a terminal, where progress is shown
    public Output(PrintStream out, PrintStream err, boolean json, boolean terminal) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.terminal = terminal;
    }

    /// The same, with text on standard error: for a command whose result is on standard output.
    public Output besideResult() {
        return new Output(err, err, json, terminal);
    }

    /// Whether results are JSON.
    public boolean json() {
        return json;
    }

    /// A line of a text result. Text from outside is made safe.
    public void line(String text) {
        if (!json) {
            out.println(SafeText.oneLine(text));
        }
    }

    /// A note beside the result.
    public void note(String text) {
        if (!json) {
            err.println(SafeText.oneLine(text));
        }
    }

    /// The result as JSON.
    public void document(JsonValue document) {
        documents(List.of(document));
    }

    /// Results as JSON, each on a line of its own, in one write to the system.
    public void documents(List<? extends JsonValue> documents) {
        if (json) {
            raw(Bytes.concat(documents.stream().flatMap(document -> Stream.of(JsonText.compact(document), LINE_END)).toList()));
        }
    }

    /// A line on the terminal that says how far long work is; nothing is shown where there is no terminal.
    public Progress progress(String what) {
        return new Progress(err, terminal, SafeText.oneLine(what));
    }

    /// Bytes as they are, such as a bundle on standard output.
    public void raw(Bytes content) {
        try {
            content.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An error as JSON.
    public static JsonValue document(Problem problem) {
        return JsonText.object()
                .put("code", problem.code().code())
                .put("what", problem.what())
                .put("why", problem.why())
                .put("remedy", problem.remedy())
                .build();
    }

    /// An error: its code, what, why, and what to do.
    public void problem(Problem problem) {
        if (json) {
            document(JsonText.object().put("error", document(problem)).build());
        } else {
            err.println("error: " + problem.code().code() + ": " + problem.what());
            err.println("  why: " + problem.why());
            err.println("   do: " + problem.remedy());
        }
    }
}
