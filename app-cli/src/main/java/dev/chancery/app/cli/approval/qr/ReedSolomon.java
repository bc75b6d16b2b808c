package dev.chancery.app.cli.approval.qr;

/// Error correction codewords (ISO/IEC 18004:2015 §7.5.2): the remainder of the data by a generator polynomial over GF(2⁸) modulo x⁸+x⁴+x³+x²+1.
final class ReedSolomon {
    private static final int MODULUS = 0x11d;
    private final int[] generator;

    /// @param count how many codewords are wanted
    ReedSolomon(int count) {
        int[] product = new int[count];
        product[count - 1] = 1;
        int root = 1;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                product[j] = multiply(product[j], root) ^ (j + 1 < count ? product[j + 1] : 0);
            }
            root = multiply(root, 2);
        }
        generator = product;
    }

    int[] remainder(int[] data) {
        int[] remainder = new int[generator.length];
        for (int codeword : data) {
            int factor = codeword ^ remainder[0];
            System.arraycopy(remainder, 1, remainder, 0, remainder.length - 1);
            remainder[remainder.length - 1] = 0;
            for (int i = 0; i < remainder.length; i++) {
                remainder[i] ^= multiply(generator[i], factor);
            }
        }
        return remainder;
    }

    private static int multiply(int one, int other) {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--) {
            product = product << 1 ^ ((product >> 7 & 1) == 1 ? MODULUS : 0);
            product ^= (other >> bit & 1) * one;
        }
        return product;
    }
}
