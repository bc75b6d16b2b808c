package dev.chancery.domain.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Names characters that can be mistaken for others: all that are not ASCII. Which of them look alike depends on the font, so none is passed over.
public final class LookAlikes {
    private LookAlikes() {}

    /// Each of them once, such as `U+0430 CYRILLIC SMALL LETTER A`, in the order of the text.
    public static List<String> in(String text) {
        Set<String> found = new LinkedHashSet<>();
        text.codePoints().filter(c -> c >= 0x80).forEach(c -> {
            String name = Character.getName(c);
            found.add(String.format("U+%04X", c) + (name == null ? "" : " " + name));
        });
        return List.copyOf(found);
    }
}
