package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Where the PIN for a token comes from: the URI's `pin-source`, else whoever knows PINs. One question, one answer.
///
/// @param ref the key, whose URI may name a file
/// @param access whom to ask
record PinDesk(Pkcs11KeyRef ref, KeyAccess access) {
    private static final int MAX_FILE = 4096;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    /// Asks. May block for as long as a person takes.
    ///
    /// @return a PIN that the caller closes
    /// @throws KeyException when there is none, or its source can't or mustn't be read
    Pin ask(TokenInfo token) throws KeyException {
        if (ref.pinSource().isPresent()) {
            return fromFile(ref.pinSource().get().path());
        }
        return access.pinEntry().request(new PinEntry.Prompt(PinEntry.Kind.TOKEN_PIN, token.label()))
                .orElseThrow(() -> new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_UNAVAILABLE,
                        "the token " + token.label() + " was not opened", "no PIN was given and there is nobody to ask",
                        "add pin-source=FILE to the URI, set CHANCERY_PIN, or run in a terminal"), null));
    }

    /// The file's content without one final line break (LF or CR LF) is the PIN.
    private static Pin fromFile(String path) throws KeyException {
        byte[] octets = read(path);
        char[] characters = new char[octets.length];
        int length;
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(octets));
            length = text.length();
            text.get(characters, 0, length);
            Arrays.fill(text.array(), '\0');
        } catch (CharacterCodingException e) {
            throw unreadable(path, "it is not UTF-8 text", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
        if (length > 0 && characters[length - 1] == '\n') {
            length--;
            if (length > 0 && characters[length - 1] == '\r') {
                length--;
            }
        }
        char[] exact = Arrays.copyOf(characters, length);
        Arrays.fill(characters, '\0');
        try {
            return Pin.copyOf(exact);
        } finally {
            Arrays.fill(exact, '\0');
        }
    }

    private static byte[] read(String path) throws KeyException {
        try {
            Path file = Path.of(path);
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (Files.isRegularFile(file) && view != null) {
                Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
                open.retainAll(view.readAttributes().permissions());
                if (!open.isEmpty()) {
                    throw new KeyException.PinUnavailable(new Problem(ErrorCode.KEY_FILE_EXPOSED, "no token was opened",
                            "the PIN file " + path + " can be read or written by others than its owner",
                            "run chmod 600 on it; if others may have read it, change the PIN"), null);
                }
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] octets = in.readNBytes(MAX_FILE + 1);
                if (octets.length > MAX_FILE) {
                    Arrays.fill(octets, (byte) 0);
                    throw unreadable(path, "it is longer than " + MAX_FILE + " bytes", null);
                }
                return octets;
            }
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw unreadable(path, switch (e) {
                case NoSuchFileException _ -> "there is no such file";
                case AccessDeniedException _ -> "permission is denied";
                default -> String.valueOf(e.getMessage());
            }, e);
        }
    }

    private static KeyException.PinUnavailable unreadable(String path, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_SOURCE_UNREADABLE, "no token was opened",
                "the PIN cannot be read from " + path + ": " + why, "check pin-source and the file's permissions"), cause);
    }

    /// Refuses a PIN that the token could not have, before the token counts it as a wrong one.
    ///
    /// @throws KeyException.PinUnavailable when its length isn't one that the token takes
    static void checkLength(TokenInfo token, Pin pin) throws KeyException {
        byte[] octets = PinText.utf8(pin);
        int length = octets.length;
        Arrays.fill(octets, (byte) 0);
        boolean bounded = token.maxPinLength() > 0 && token.minPinLength() >= 0 && token.minPinLength() <= token.maxPinLength();
        if (length == 0 || bounded && (length < token.minPinLength() || length > token.maxPinLength())) {
            throw new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_MALFORMED, "the token " + token.label() + " was not opened",
                    length == 0 ? "the PIN is empty" : "the PIN is shorter or longer than this token's PINs ("
                            + token.minPinLength() + " to " + token.maxPinLength() + " bytes); it was not tried",
                    "check where the PIN comes from: a file that holds something else, or a variable that is not set"), null);
        }
    }
}
