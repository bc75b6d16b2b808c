package dev.chancery.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;

/// The C loop over C_SignInit and C_Sign (bench/c/sign_loop.c): a process that stays, and signs when it is told to.
final class CLoop implements AutoCloseable {
    private final Process process;
    private final Writer to;
    private final BufferedReader from;

    CLoop(String program, TokenUnderTest token) throws IOException {
        this.process = new ProcessBuilder(program, token.module().toString(), token.token(), token.key(), token.pinFile().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.to = process.outputWriter();
        this.from = process.inputReader();
    }

    /// Signs on so many threads for so long. Blocks meanwhile.
    Rate sign(int threads, long millis) throws IOException {
        to.write(threads + " " + millis + "\n");
        to.flush();
        String line = from.readLine();
        if (line == null) {
            throw new IllegalStateException("the C loop has ended");
        }
        String[] numbers = line.split(" ", -1);
        return new Rate(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
