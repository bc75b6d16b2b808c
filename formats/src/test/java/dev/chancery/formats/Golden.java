package dev.chancery.formats;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// Files that another program made, with what is to be found in them.
public final class Golden {
    private final String folder;

    private Golden(String folder) {
        this.folder = folder;
    }

    /// The files of a folder of `src/test/resources`.
    public static Golden in(String folder) {
        return new Golden(folder);
    }

    /// A file's content.
    public Bytes file(String name) {
        try (InputStream in = open(name)) {
            return Bytes.copyOf(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `expected.properties` says under a name.
    public String expected(String name) {
        Properties properties = new Properties();
        try (InputStream in = open("expected.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(properties.getProperty(name), name);
    }

    private InputStream open(String name) {
        return Objects.requireNonNull(Golden.class.getResourceAsStream("/" + folder + "/" + name), name);
    }
}
