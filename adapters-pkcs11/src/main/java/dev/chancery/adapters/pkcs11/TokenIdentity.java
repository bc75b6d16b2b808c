package dev.chancery.adapters.pkcs11;

import java.nio.file.Path;

/// What stays the same while a token is pulled out and put back, perhaps into another slot. The slot counts only for tokens without a serial
/// number.
///
/// @param module the module's file
record TokenIdentity(Path module, String label, String serial, long slot) {
    static TokenIdentity of(TokenModule module, TokenInfo token) {
        return new TokenIdentity(module.path(), token.label(), token.serial(), token.serial().isEmpty() ? token.slot() : 0);
    }

    boolean is(TokenInfo token) {
        return label.equals(token.label()) && serial.equals(token.serial()) && (!serial.isEmpty() || slot == token.slot());
    }
}
