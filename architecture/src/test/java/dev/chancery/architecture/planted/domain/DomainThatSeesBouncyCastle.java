package dev.chancery.architecture.planted.domain;

import org.bouncycastle.util.Arrays;

final class DomainThatSeesBouncyCastle {
    private DomainThatSeesBouncyCastle() {
    }

    static int length() {
        return Arrays.concatenate(new byte[0], new byte[0]).length;
    }
}
