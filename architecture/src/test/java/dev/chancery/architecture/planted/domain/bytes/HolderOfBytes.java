package dev.chancery.architecture.planted.domain.bytes;

/// The one package that may show them.
public final class HolderOfBytes {
    private HolderOfBytes() {
    }

    public static byte[] allowed() {
        return new byte[0];
    }
}
