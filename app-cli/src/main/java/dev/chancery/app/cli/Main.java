package dev.chancery.app.cli;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.PlainFactory;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Provider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Starts the program: finds the subcommand, parses its line, runs it, and turns errors into messages and exit statuses.
public final class Main {
    private final Map<String, Provider<Command>> commands;
    private final PrintStream out;
    private final PrintStream err;

    Main(Map<String, Provider<Command>> commands, PrintStream out, PrintStream err) {
        this.commands = new TreeMap<>(commands);
        this.out = out;
        this.err = err;
    }

    /// Runs one command and ends the process with its exit status.
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(of(out, err, args).run(args).number());
    }

    /// The program, put together for a command line.
    static Main of(PrintStream out, PrintStream err, String... args) {
        // Keyless signing verifies a dozen signatures: certificates, promises, timestamps, the log's and its own.
        boolean many = Arrays.asList(args).contains("--batch") || Arrays.asList(args).contains("--signing-config");
        return new Main(DaggerChanceryComponent.factory().create(many).commands(), out, err);
    }

    ExitStatus run(String... args) {
        if (args.length == 0 || args[0].equals("--help") || args[0].equals("-h") || args[0].equals("help")) {
            overview(args.length == 0 ? err : out);
            return args.length == 0 ? ExitStatus.WRONG_USE : ExitStatus.DONE;
        }
        if (args[0].equals("--version")) {
            out.println("chancery " + version());
            return ExitStatus.DONE;
        }
        Output output = new Output(out, err, wantsJson(args), Boolean.getBoolean("chancery.terminal"));
        String name = args.length > 1 && commands.containsKey(args[0] + " " + args[1]) ? args[0] + " " + args[1] : args[0];
        Provider<Command> found = commands.get(name);
        if (found == null) {
            output.problem(unknownCommand(args));
            return ExitStatus.WRONG_USE;
        }
        try {
            return run(found.get(), name, Arrays.copyOfRange(args, name.split(" ", -1).length, args.length), output);
        } catch (ProblemException e) {
            output.problem(e.problem());
            return e.problem().code().exitStatus();
        } catch (RuntimeException | Error e) {
            output.problem(new Problem(ErrorCode.DEFECT, "chancery " + name + " did not finish", String.valueOf(e),
                    "please report this with the command and the lines below"));
            e.printStackTrace(err);
            return ExitStatus.DEFECT;
        }
    }

    private ExitStatus run(Command command, String name, String[] args, Output output) throws ProblemException {
        CommandLine parser = new CommandLine(command.spec().name("chancery " + name), new PlainFactory());
        parser.setExpandAtFiles(false);
        ParseResult line;
        try {
            line = parser.parseArgs(args);
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()), "see chancery " + name + " --help");
        }
        if (line.isUsageHelpRequested()) {
            parser.usage(out, CommandLine.Help.Ansi.OFF);
            return ExitStatus.DONE;
        }
        String format = line.matchedOptionValue("--output", "text");
        if (!format.equals("text") && !format.equals("json")) {
            throw new UsageException("there is no output format " + format, "use --output text or --output json");
        }
        return command.run(line, output);
    }

    private Problem unknownCommand(String... args) {
        boolean group = commands.keySet().stream().anyMatch(name -> name.startsWith(args[0] + " "));
        String why = group
                ? "chancery " + args[0] + " is followed by one of: " + String.join(", ", commands.keySet().stream()
                        .filter(name -> name.startsWith(args[0] + " ")).map(name -> name.substring(args[0].length() + 1)).toList())
                : "there is no command " + args[0];
        return new Problem(ErrorCode.WRONG_USE, "nothing was done", why, "see chancery --help");
    }

    private void overview(PrintStream to) {
        to.println("Usage: chancery COMMAND [OPTION]...");
        to.println("Signs software artifacts with keys that never leave their hardware, and proves later that the signatures are good.");
        to.println();
        commands.forEach((name, command) -> to.printf("  %-14s %s%n", name, command.get().spec().usageMessage().description()[0]));
        to.println();
        to.println("chancery COMMAND --help shows a command's options and examples.");
        to.println("Exit status: 0 accepted or done, 1 rejected, 2 wrong use, 3 unknown, 4 key or PIN, 5 remote service, 6 unreadable input.");
    }

    private static boolean wantsJson(String... args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--output=json") || args[i].equals("--output") && i + 1 < args.length && args[i + 1].equals("json")) {
                return true;
            }
        }
        return false;
    }

    private static String version() {
        @Nullable String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
