package dev.chancery.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.error.ErrorCode;
import org.junit.jupiter.api.function.Executable;

/// What a codec is expected to say about an input that it refuses.
public final class Refusal {
    private Refusal() {}

    /// Fails unless a reading is refused with a code, and returns the problem's *why*.
    public static String expect(ErrorCode code, Executable reading) {
        FormatException refusal = assertThrows(FormatException.class, reading);
        assertEquals(code, refusal.problem().code(), refusal::getMessage);
        return refusal.problem().why();
    }

    /// Fails unless a reading is refused with a code and this *why*.
    public static void expect(ErrorCode code, String why, Executable reading) {
        assertEquals(why, expect(code, reading));
    }
}
