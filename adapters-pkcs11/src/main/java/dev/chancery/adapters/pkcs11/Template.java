package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.domain.bytes.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A list of attributes with values (CK_ATTRIBUTE: type, pointer, length; 8 bytes each).
final class Template {
    private static final long SIZE = 24;

    private final List<Attribute> attributes = new ArrayList<>();

    record Attribute(long type, Bytes value) {}

    Template with(long type, Bytes value) {
        attributes.add(new Attribute(type, value));
        return this;
    }

    /// A CK_ULONG.
    Template with(long type, long value) {
        byte[] octets = new byte[Long.BYTES];
        MemorySegment.ofArray(octets).set(JAVA_LONG.withByteAlignment(1), 0, value);
        return with(type, Bytes.copyOf(octets));
    }

    /// A CK_BBOOL.
    Template with(long type, boolean value) {
        return with(type, Bytes.copyOf(new byte[] {(byte) (value ? 1 : 0)}));
    }

    List<Attribute> attributes() {
        return List.copyOf(attributes);
    }

    long count() {
        return attributes.size();
    }

    MemorySegment in(Arena arena) {
        MemorySegment template = arena.allocate(Math.max(SIZE, SIZE * attributes.size()), 8);
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            template.set(JAVA_LONG, SIZE * i, attribute.type());
            template.set(ADDRESS, SIZE * i + 8, copy(arena, attribute.value()));
            template.set(JAVA_LONG, SIZE * i + 16, attribute.value().size());
        }
        return template;
    }

    static MemorySegment copy(Arena arena, Bytes bytes) {
        MemorySegment segment = arena.allocate(Math.max(1, bytes.size()), 8);
        MemorySegment.copy(bytes.toByteArray(), 0, segment, JAVA_BYTE, 0, bytes.size());
        return segment;
    }
}
