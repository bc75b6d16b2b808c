package dev.chancery.adapters.tlog;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A line of the log in its parts; nothing about it is verified.
///
/// @param index what it says about its place, from 0
/// @param hash 64 lower-case hexadecimal digits
/// @param event JSON
record LogLine(long index, String hash, Bytes event) {
    private static final int MAX_DIGITS = 18;
    private static final int HASH_LENGTH = 64;

    /// The parts of a line without its LF; nothing when it isn't of the form.
    static Optional<LogLine> parse(Bytes line) {
        int digits = 0;
        while (digits < line.size() && digits <= MAX_DIGITS && isDigit(line.at(digits))) {
            digits++;
        }
        int event = digits + 1 + HASH_LENGTH + 1;
        if (digits == 0 || digits > MAX_DIGITS || line.size() <= event || line.at(digits) != ' ' || line.at(event - 1) != ' '
                || digits > 1 && line.at(0) == '0') {
            return Optional.empty();
        }
        long index = 0;
        for (int i = 0; i < digits; i++) {
            index = index * 10 + (line.at(i) - '0');
        }
        @Nullable String hash = line.slice(digits + 1, event - 1).utf8().filter(LogLine::isLowerHex).orElse(null);
        return hash == null ? Optional.empty() : Optional.of(new LogLine(index, hash, line.slice(event, line.size())));
    }

    /// The state this line claims to have led to.
    Chain claim() {
        return new Chain(index + 1, new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(hash)));
    }

    private static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isLowerHex(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
