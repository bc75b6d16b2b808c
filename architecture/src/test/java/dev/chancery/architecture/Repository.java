package dev.chancery.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The repository's own files: what git tracks, as it stands in the working tree.
final class Repository {
    static final Path ROOT = Path.of(System.getProperty("chancery.root")).toAbsolutePath().normalize();

    private Repository() {
    }

    /// Relative paths. New files that git doesn't ignore count too, so that a test fails before the commit and not after it.
    static List<Path> files() {
        String[] names = output("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0", -1);
        return Stream.of(names).filter(name -> !name.isEmpty()).map(Path::of).filter(path -> Files.isRegularFile(ROOT.resolve(path)))
                .distinct().toList();
    }

    static List<Path> files(String suffix) {
        return files().stream().filter(path -> path.toString().endsWith(suffix)).toList();
    }

    static String text(Path relative) {
        try {
            // Not all files are UTF-8; ISO 8859-1 reads any byte, and what is searched for is ASCII or compared as it was read.
            byte[] bytes = Files.readAllBytes(ROOT.resolve(relative));
            return new String(bytes, relative.toString().endsWith(".md") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).directory(ROOT.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError(List.of(command) + " ended with " + status);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
