package dev.chancery.formats.cbor;

import dev.chancery.domain.bytes.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A CBOR value (RFC 8949 §3) of the kinds that CTAP2 uses. Floats, tags and indefinite lengths are not among them.
public sealed interface Cbor {
    /// An integer, major types 0 and 1.
    record Int(long value) implements Cbor {}

    /// Bytes, major type 2.
    record ByteString(Bytes value) implements Cbor {}

    /// Text, major type 3.
    record Text(String value) implements Cbor {}

    /// A list, major type 4.
    record Array(List<Cbor> elements) implements Cbor {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    /// A map, major type 5. Keys are integers or texts.
    record Map(java.util.Map<Cbor, Cbor> entries) implements Cbor {
        public Map {
            entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /// The value under an integer.
        public Optional<Cbor> get(long key) {
            return Optional.ofNullable(entries.get(new Int(key)));
        }

        /// The value under a text.
        public Optional<Cbor> get(String key) {
            return Optional.ofNullable(entries.get(new Text(key)));
        }

        /// The bytes under an integer.
        ///
        /// @throws CborException when there is nothing, or something else
        public Bytes bytes(long key) throws CborException {
            return bytesOf(get(key), Long.toString(key));
        }

        /// The bytes under a text.
        ///
        /// @throws CborException when there is nothing, or something else
        public Bytes bytes(String key) throws CborException {
            return bytesOf(get(key), key);
        }

        private static Bytes bytesOf(Optional<Cbor> value, String key) throws CborException {
            if (value.orElse(null) instanceof ByteString(Bytes bytes)) {
                return bytes;
            }
            throw new CborException("expected bytes under " + key + ", found " + kind(value));
        }

        /// The text under a text.
        ///
        /// @throws CborException when there is nothing, or something else
        public String text(String key) throws CborException {
            return textOf(get(key), key);
        }

        /// The text under an integer.
        ///
        /// @throws CborException when there is nothing, or something else
        public String text(long key) throws CborException {
            return textOf(get(key), Long.toString(key));
        }

        private static String textOf(Optional<Cbor> value, String key) throws CborException {
            if (value.orElse(null) instanceof Text(String text)) {
                return text;
            }
            throw new CborException("expected a text under " + key + ", found " + kind(value));
        }

        /// The integer under an integer.
        ///
        /// @throws CborException when there is nothing, or something else
        public long integer(long key) throws CborException {
            if (get(key).orElse(null) instanceof Int(long value)) {
                return value;
            }
            throw new CborException("expected an integer under " + key + ", found " + kind(get(key)));
        }

        /// The integer under a text.
        ///
        /// @throws CborException when there is nothing, or something else
        public long integer(String key) throws CborException {
            if (get(key).orElse(null) instanceof Int(long value)) {
                return value;
            }
            throw new CborException("expected an integer under " + key + ", found " + kind(get(key)));
        }

        /// The map under an integer.
        ///
        /// @throws CborException when there is nothing, or something else
        public Map map(long key) throws CborException {
            if (get(key).orElse(null) instanceof Map map) {
                return map;
            }
            throw new CborException("expected a map under " + key + ", found " + kind(get(key)));
        }

        private static String kind(Optional<Cbor> value) {
            return value.map(found -> "a value of kind " + found.getClass().getSimpleName()).orElse("nothing");
        }
    }

    /// True or false, major type 7.
    record Bool(boolean value) implements Cbor {}

    /// A map to be filled, in whatever order: it is written in the canonical one.
    static Builder map() {
        return new Builder();
    }

    /// Fills a map.
    final class Builder {
        private final java.util.Map<Cbor, Cbor> entries = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(long key, Cbor value) {
            entries.put(new Int(key), value);
            return this;
        }

        public Builder put(String key, Cbor value) {
            entries.put(new Text(key), value);
            return this;
        }

        public Map build() {
            return new Map(entries);
        }
    }
}
