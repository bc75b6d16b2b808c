package dev.chancery.architecture.planted.domain;

import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/// A public byte array in each place where one can be, and a type of someone else.
public class DomainThatShowsArrays {
    public final byte[] shownField = {};

    public DomainThatShowsArrays(byte[] shownInConstructor) {
        System.arraycopy(shownInConstructor, 0, shownField, 0, 0);
    }

    public byte[][] shownResult() {
        return new byte[0][];
    }

    public void shownParameter(List<byte[]> arrays) {
        arrays.clear();
    }

    public List<ASN1ObjectIdentifier> shownVendorType() {
        return List.of();
    }

    byte[] notShown() {
        return shownField;
    }
}
