package dev.chancery.app.cli.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Copies the jars whose classes an AOT cache leaves out, or leaves something to be made in, in a form that it takes whole.
///
/// A class in a format before Java 6 gets the number of Java 8 and the stack maps that it demands; its instructions stay. A class whose code is
/// partly made at run time gets it written out ([PlainCode]). A signature is checked over every entry before it is left out.
public final class JarCopies {
    private static final int JAVA_6 = 50;
    private static final int JAVA_8 = 52;
    /// The earliest that a jar can say, so that two copies of one jar are the same bytes.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private JarCopies() {}

    /// Copies what needs it from one folder to another, under the same names.
    ///
    /// @return the names of those that were copied, sorted
    /// @throws IOException when one cannot be read or written, or its signature doesn't hold
    public static List<String> make(Path from, Path to) throws IOException {
        List<String> copied = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
            for (Path jar : jars) {
                if (copyIfNeeded(jar, to.resolve(jar.getFileName()))) {
                    copied.add(jar.getFileName().toString());
                }
            }
        }
        Collections.sort(copied);
        return copied;
    }

    private static boolean copyIfNeeded(Path from, Path to) throws IOException {
        try (JarFile jar = new JarFile(from.toFile(), true)) {
            List<JarEntry> entries = Collections.list(jar.entries());
            boolean signed = entries.stream().anyMatch(entry -> isSignature(entry.getName()));
            PlainCode plain = new PlainCode(format(jar));
            if (!signed && !needsWork(jar, entries, plain)) {
                return false;
            }
            try (OutputStream file = Files.newOutputStream(to); JarOutputStream out = new JarOutputStream(file, manifest(jar))) {
                for (JarEntry entry : entries) {
                    if (!isSignature(entry.getName()) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        copy(jar, entry, signed, plain, out);
                    }
                }
            }
            return true;
        } catch (SecurityException e) {
            throw new IOException("the signature of " + from + " does not hold: " + e.getMessage(), e);
        }
    }

    private static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/") && upper.lastIndexOf('/') == 8
                && (upper.endsWith(".SF") || upper.endsWith(".RSA") || upper.endsWith(".DSA") || upper.endsWith(".EC"));
    }

    private static boolean needsWork(JarFile jar, List<JarEntry> entries, PlainCode plain) throws IOException {
        for (JarEntry entry : entries) {
            if (isClass(entry)) {
                byte[] content = read(jar, entry);
                if (isOld(content) || plain.isNeeded(content)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class");
    }

    /// The main attributes: the others are digests of a signature.
    private static Manifest manifest(JarFile jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Manifest given = jar.getManifest();
        if (given != null) {
            for (Map.Entry<Object, Object> attribute : given.getMainAttributes().entrySet()) {
                manifest.getMainAttributes().put(attribute.getKey(), attribute.getValue());
            }
        }
        return manifest;
    }

    private static void copy(JarFile jar, JarEntry entry, boolean signed, PlainCode plain, JarOutputStream out) throws IOException {
        byte[] content = read(jar, entry); // to the end, which is what checks its digest
        if (signed && !entry.isDirectory() && !entry.getName().startsWith("META-INF/") && entry.getCodeSigners() == null) {
            throw new IOException("the signature of " + jar.getName() + " does not cover " + entry.getName());
        }
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTimeLocal(NO_TIME);
        out.putNextEntry(copy);
        if (isClass(entry) && isOld(content)) {
            out.write(renewed(jar, content));
        } else {
            out.write(isClass(entry) && plain.isNeeded(content) ? plain.of(content) : content);
        }
        out.closeEntry();
    }

    private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /// JVMS §4.1: the magic number, then the minor and the major version.
    private static boolean isOld(byte[] content) {
        return content.length > 8 && ((content[6] & 0xff) << 8 | content[7] & 0xff) < JAVA_6;
    }

    /// What reads and writes a class of a jar. Stack maps need to know how its types descend from each other: of those of the jar, and of all that this program
    /// is made of.
    private static ClassFile format(JarFile jar) {
        ClassHierarchyResolver ofJar = ClassHierarchyResolver.ofResourceParsing(type -> {
            String name = type.packageName().isEmpty() ? type.displayName() : type.descriptorString().substring(1, type.descriptorString().length() - 1);
            JarEntry entry = jar.getJarEntry(name + ".class");
            try {
                return entry == null ? null : jar.getInputStream(entry);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }).orElse(ClassHierarchyResolver.ofResourceParsing(JarCopies.class.getClassLoader())).orElse(ClassHierarchyResolver.defaultResolver());
        return ClassFile.of(StackMapsOption.STACK_MAPS_WHEN_REQUIRED, ClassHierarchyResolverOption.of(ofJar));
    }

    private static byte[] renewed(JarFile jar, byte[] content) {
        ClassFile format = format(jar).withOptions(StackMapsOption.GENERATE_STACK_MAPS);
        return format.transformClass(format.parse(content), (type, element) -> {
            switch (element) {
                case ClassFileVersion _ -> type.withVersion(JAVA_8, 0);
                case MethodModel method -> type.transformMethod(method, (made, part) -> {
                    if (part instanceof CodeModel code) {
                        made.transformCode(code, (out, instruction) -> out.with(instruction)); // code that is written anew gets stack maps
                    } else {
                        made.with(part);
                    }
                });
                default -> type.with(element);
            }
        });
    }
}
