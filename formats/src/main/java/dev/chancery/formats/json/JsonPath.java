package dev.chancery.formats.json;

import dev.chancery.formats.FormatException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where a reader is in a document, to be written into messages: `verificationMaterial.tlogEntries[0].logIndex`.
final class JsonPath {
    private static final int LONGEST_NAME = 80;

    private static final int USUAL_DEPTH = 8;

    private final int maxDepth;
    private @Nullable String[] names = new @Nullable String[USUAL_DEPTH];
    private int[] indices = new int[USUAL_DEPTH];
    private int depth;

    JsonPath(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /// Goes into an object or array.
    void enter() throws FormatException {
        if (depth == maxDepth) {
            throw FormatException.jsonDepth(toString(), maxDepth);
        }
        if (depth == names.length) {
            names = Arrays.copyOf(names, 2 * depth);
            indices = Arrays.copyOf(indices, 2 * depth);
        }
        names[depth] = null;
        indices[depth] = -1;
        depth++;
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    void member(String name) {
        names[depth - 1] = name;
    }

    void element(int index) {
        indices[depth - 1] = index;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            if (name != null) {
                out.append(out.isEmpty() ? "" : ".").append(shortened(name));
            } else if (indices[i] >= 0) {
                out.append('[').append(indices[i]).append(']');
            }
        }
        return out.toString();
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
