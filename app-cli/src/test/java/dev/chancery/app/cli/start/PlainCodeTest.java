package dev.chancery.app.cli.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Main;
import dev.chancery.domain.key.KeyId;
import dev.chancery.verification.VerificationEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written out is held against what the virtual machine makes of the same class.
class PlainCodeTest {
    private static final ClassFile FORMAT = ClassFile.of(ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(PlainCodeTest.class.getClassLoader()).orElse(ClassHierarchyResolver.defaultResolver())));

    private final PlainCode plain = new PlainCode(FORMAT);

    record Every(boolean a, byte b, short c, char d, int e, long f, float g, double h, @Nullable String i, List<Integer> j) {}

    record Nothing() {}

    sealed interface Shape {
        record Square(int side) implements Shape {}

        record Circle(int radius) implements Shape {}

        enum Known implements Shape { POINT, LINE }

        /// In an interface, with conditions: a label whose condition fails makes the choice start again behind it.
        static String describe(@Nullable Object what) {
            return switch (what) {
                case null -> "nothing";
                case Square(int side) when side > 10 -> "a large square";
                case Square(int side) when side > 5 -> "a square";
                case Square _ -> "a small square";
                case Circle _ -> "a circle";
                case Known _ -> "known";
                case CharSequence _ -> "words";
                case int[] _ -> "numbers";
                default -> "something";
            };
        }
    }

    @Test
    void recordsAreEqualAndHashedAsTheVirtualMachineDoes() throws Exception {
        Class<?> written = written(Every.class);
        List<@Nullable Object[]> values = List.of(
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, 1.5f, -2.5, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, 1.5f, -2.5, "text", List.of(1)),
                values(false, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, 1.5f, -2.5, "text", List.of(1)),
                values(true, (byte) -2, (short) -300, 'x', 70_000, 1L << 40, 1.5f, -2.5, "text", List.of(1)),
                values(true, (byte) -1, (short) 300, 'x', 70_000, 1L << 40, 1.5f, -2.5, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, '\uffff', 70_000, 1L << 40, 1.5f, -2.5, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_001, 1L << 40, 1.5f, -2.5, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 41, 1.5f, -2.5, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, -0.0f, -2.5, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, 0.0f, -2.5, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, 1.5f, Double.NaN, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, 1.5f, Double.NaN, "text", List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, 1.5f, -2.5, null, List.of(1)),
                values(true, (byte) -1, (short) -300, 'x', 70_000, 1L << 40, 1.5f, -2.5, "text", List.of(2)));
        List<Object> made = new ArrayList<>();
        List<Object> rewritten = new ArrayList<>();
        for (@Nullable Object[] one : values) {
            made.add(Every.class.getDeclaredConstructors()[0].newInstance(one));
            var constructor = written.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            rewritten.add(constructor.newInstance(one));
        }
        for (int i = 0; i < values.size(); i++) {
            assertEquals(made.get(i).hashCode(), rewritten.get(i).hashCode(), made.get(i).toString());
            assertFalse(rewritten.get(i).equals(made.get(i)), "another class");
            assertFalse(rewritten.get(i).equals(null));
            for (int j = 0; j < values.size(); j++) {
                assertEquals(made.get(i).equals(made.get(j)), rewritten.get(i).equals(rewritten.get(j)), made.get(i) + " and " + made.get(j));
            }
        }
        assertTrue(rewritten.get(0).equals(rewritten.get(1)));
        assertTrue(rewritten.get(10).equals(rewritten.get(11)));
    }

    @Test
    void aRecordOfNothingEqualsAnotherOfNothing() throws Exception {
        var constructor = written(Nothing.class).getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        assertEquals(constructor.newInstance(), constructor.newInstance());
        assertEquals(0, constructor.newInstance().hashCode());
    }

    @Test
    void typesAreChosenAsTheVirtualMachineDoes() throws Exception {
        var describe = written(Shape.class).getMethod("describe", Object.class);
        describe.setAccessible(true);
        for (Object what : Arrays.asList(null, new Shape.Square(11), new Shape.Square(6), new Shape.Square(1), new Shape.Circle(1), Shape.Known.LINE, "words",
                java.nio.CharBuffer.allocate(1), new int[0], new long[0], 1)) {
            assertEquals(Shape.describe(what), describe.invoke(null, what));
        }
    }

    /// The classes of these modules, all that can be written out and all that it makes of them.
    @ParameterizedTest
    @ValueSource(classes = {Main.class, VerificationEngine.class, KeyId.class})
    void everyClassIsSoundAfterwardsAndHasNothingLeftToWriteOut(Class<?> member) throws Exception {
        int count = 0;
        for (byte[] content : classes(member)) {
            if (plain.isNeeded(content)) {
                byte[] written = plain.of(content);
                assertFalse(plain.isNeeded(written));
                assertEquals(List.of(), FORMAT.verify(written));
                count++;
            }
        }
        assertTrue(count > 10, "found " + count);
    }

    private static @Nullable Object[] values(@Nullable Object... values) {
        return values;
    }

    private Class<?> written(Class<?> type) throws Exception {
        byte[] content = content(type);
        assertTrue(plain.isNeeded(content));
        return new OneClass(type, plain.of(content)).loadClass(type.getName());
    }

    /// A loader with a class of its own in place of its parent's.
    private static final class OneClass extends ClassLoader {
        private final String name;
        private final byte[] content;

        private OneClass(Class<?> replaced, byte[] content) {
            super(replaced.getClassLoader());
            name = replaced.getName();
            this.content = content;
        }

        @Override
        protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
            if (!wanted.equals(name)) {
                return super.loadClass(wanted, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? defineClass(name, content, 0, content.length) : loaded;
        }
    }

    private static byte[] content(Class<?> type) throws IOException {
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class"))) {
            return in.readAllBytes();
        }
    }

    private static List<byte[]> classes(Class<?> member) throws Exception {
        Path place = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return classes(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            return classes(jar.getPath("/"));
        }
    }

    private static List<byte[]> classes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")).map(PlainCodeTest::read).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
