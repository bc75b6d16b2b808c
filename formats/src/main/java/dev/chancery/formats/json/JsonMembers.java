package dev.chancery.formats.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The members of an object that is being read, in their order; afterwards a map that doesn't change.
///
/// Most objects have few members, and most of a document's memory would be their hash tables: so names and values stand in arrays, and a
/// hash table is made only where searching would take long.
final class JsonMembers extends AbstractMap<String, JsonValue> {
    private static final int SEARCHED = 8;

    private String[] names = new String[4];
    private JsonValue[] values = new JsonValue[4];
    private int size;
    private @Nullable Map<String, JsonValue> index;

    /// Adds a member whose name isn't there yet. Only its reader does so, and only until it hands the map out.
    void add(String name, JsonValue value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size] = value;
        size++;
        if (index != null) {
            index.put(name, value);
        } else if (size > SEARCHED) {
            index = new HashMap<>(4 * SEARCHED);
            for (int i = 0; i < size; i++) {
                index.put(names[i], values[i]);
            }
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public @Nullable JsonValue get(@Nullable Object name) {
        if (index != null) {
            return index.get(name);
        }
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public Set<Entry<String, JsonValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Entry<String, JsonValue>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < size;
                    }

                    @Override
                    public Entry<String, JsonValue> next() {
                        if (next == size) {
                            throw new NoSuchElementException();
                        }
                        return Map.entry(names[next], values[next++]);
                    }
                };
            }
        };
    }
}
