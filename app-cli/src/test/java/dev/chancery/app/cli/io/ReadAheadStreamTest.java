package dev.chancery.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadStreamTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 5_000_000})
    void theBytesComeOutAsTheyAreInPiecesOfAnySize(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(7).nextBytes(content);
        try (InputStream in = new ReadAheadStream(new ByteArrayInputStream(content))) {
            assertArrayEquals(content, in.readAllBytes());
            assertEquals(-1, in.read());
        }
        Random sizes = new Random(8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = new ReadAheadStream(new ByteArrayInputStream(content))) {
            byte[] buffer = new byte[400_000];
            for (int count = in.read(buffer, 3, 1); count >= 0; count = in.read(buffer, 3, 1 + sizes.nextInt(buffer.length - 4))) {
                out.write(buffer, 3, count);
            }
        }
        assertArrayEquals(content, out.toByteArray());
        ByteArrayOutputStream handedOn = new ByteArrayOutputStream();
        try (InputStream in = new ReadAheadStream(new ByteArrayInputStream(content))) {
            handedOn.writeBytes(in.readNBytes(2));
            assertEquals(Math.max(0, length - 2), in.transferTo(handedOn));
            assertEquals(-1, in.read());
        }
        assertArrayEquals(content, handedOn.toByteArray());
    }

    @Test
    void aFailureComesOutAfterTheBytesBeforeIt() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        try (InputStream in = new ReadAheadStream(new SequenceInputStream(new ByteArrayInputStream(new byte[] {1, 2, 3}), failing))) {
            assertArrayEquals(new byte[] {1, 2, 3}, in.readNBytes(3));
            assertEquals("the disk is gone", assertThrows(IOException.class, in::read).getMessage());
            assertEquals(-1, in.read());
        }
    }

    @Test
    void closingEndsAReaderThatNobodyFollows() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return length;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        ReadAheadStream in = new ReadAheadStream(endless);
        assertEquals(0, in.read());
        in.close();
        assertTrue(closed.await(1, TimeUnit.SECONDS));
        assertTrue(in.hasEndedWithin(10_000));
    }

    @Test
    void whatIsReadIsCountedOnATerminalWithoutChangingIt() throws IOException {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        byte[] content = {1, 2, 3};
        try (InputStream in = new ShownStream(new ByteArrayInputStream(content), content.length,
                new Progress(new PrintStream(terminal, true, StandardCharsets.UTF_8), true, "reading"))) {
            assertEquals(1, in.read());
            assertArrayEquals(new byte[] {2, 3}, in.readAllBytes());
        }
        assertEquals("", terminal.toString(StandardCharsets.UTF_8)); // over before there was anything to show
    }
}
