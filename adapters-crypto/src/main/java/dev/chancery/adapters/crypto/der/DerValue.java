package dev.chancery.adapters.crypto.der;

import dev.chancery.domain.bytes.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/// One DER value: a view of a part of the bytes it was read from.
public final class DerValue {
    /// Tags of the universal class, constructed bit included.
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OID = 0x06;
    public static final int UTF8_STRING = 0x0c;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;

    private static final int UTC_TIME_LENGTH = 13;
    private static final int LONG_LENGTH = 0x80;
    private static final int MAX_LENGTH_BYTES = 4;

    private final Bytes source;
    private final int start;
    private final int content;
    private final int end;

    private DerValue(Bytes source, int start, int content, int end) {
        this.source = source;
        this.start = start;
        this.content = content;
        this.end = end;
    }

    /// The one value that some bytes are.
    ///
    /// @throws DerException when they aren't one, or something follows
    public static DerValue parse(Bytes der) throws DerException {
        DerValue value = at(der, 0, der.size());
        if (value.end != der.size()) {
            throw new DerException("expected one DER value, found " + (der.size() - value.end) + " bytes after it");
        }
        return value;
    }

    static DerValue at(Bytes source, int start, int limit) throws DerException {
        if (limit - start < 2) {
            throw new DerException("expected a DER value at byte " + start + ", found the end");
        }
        if ((source.at(start) & 0x1f) == 0x1f) {
            throw new DerException("expected a tag of one byte at byte " + start);
        }
        int first = source.at(start + 1);
        if (first < LONG_LENGTH) {
            return checked(source, start, start + 2, first, limit);
        }
        int count = first - LONG_LENGTH;
        if (count == 0 || count > MAX_LENGTH_BYTES || count > limit - start - 2) {
            throw new DerException("expected a definite DER length at byte " + (start + 1));
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | source.at(start + 2 + i);
        }
        if (length < LONG_LENGTH || length >>> (8 * (count - 1)) == 0) {
            throw new DerException("expected a DER length in its shortest form at byte " + (start + 1));
        }
        return checked(source, start, start + 2 + count, length, limit);
    }

    private static DerValue checked(Bytes source, int start, int content, long length, int limit) throws DerException {
        if (length > limit - content) {
            throw new DerException("expected " + length + " bytes of content at byte " + content + ", found " + (limit - content));
        }
        return new DerValue(source, start, content, content + (int) length);
    }

    /// The tag's byte: class, constructed bit and number.
    public int tag() {
        return source.at(start);
    }

    /// Whether it has this tag.
    public boolean is(int tag) {
        return tag() == tag;
    }

    /// The whole of it, tag and length included.
    public Bytes encoded() {
        return source.slice(start, end);
    }

    int encodedLength() {
        return end - start;
    }

    /// What is inside, undivided.
    public Bytes content() {
        return source.slice(content, end);
    }

    /// This value, when it has the tag.
    ///
    /// @param what it is called in its standard
    /// @throws DerException when it has another
    public DerValue expect(int tag, String what) throws DerException {
        if (!is(tag)) {
            throw new DerException("expected " + what + " with tag " + Integer.toHexString(tag) + ", found tag " + Integer.toHexString(tag()));
        }
        return this;
    }

    /// The values inside a constructed one, whatever its tag.
    ///
    /// @throws DerException when it is primitive
    public DerSequence values() throws DerException {
        if ((tag() & 0x20) == 0) {
            throw new DerException("expected a constructed value, found tag " + Integer.toHexString(tag()));
        }
        return new DerSequence(source, content, end);
    }

    /// The values of a SEQUENCE.
    ///
    /// @throws DerException when it isn't one
    public DerSequence sequence(String what) throws DerException {
        return expect(SEQUENCE, what).values();
    }

    /// The content of an OCTET STRING.
    ///
    /// @throws DerException when it isn't one
    public Bytes octets(String what) throws DerException {
        return expect(OCTET_STRING, what).content();
    }

    /// The content of a BIT STRING of whole bytes.
    ///
    /// @throws DerException when it isn't one, or bits are left over
    public Bytes bits(String what) throws DerException {
        expect(BIT_STRING, what);
        if (end == content || source.at(content) != 0) {
            throw new DerException("expected " + what + " in whole bytes");
        }
        return source.slice(content + 1, end);
    }

    /// An INTEGER in its shortest form.
    ///
    /// @throws DerException when it isn't one
    public BigInteger integer(String what) throws DerException {
        expect(INTEGER, what);
        Bytes bytes = content();
        boolean padded = bytes.size() > 1 && (bytes.at(0) == 0 && bytes.at(1) < 0x80 || bytes.at(0) == 0xff && bytes.at(1) >= 0x80);
        if (bytes.isEmpty() || padded) {
            throw new DerException("expected " + what + " in its shortest form");
        }
        return new BigInteger(bytes.toByteArray());
    }

    /// A BOOLEAN.
    ///
    /// @throws DerException when it isn't one of the two
    public boolean bool(String what) throws DerException {
        expect(BOOLEAN, what);
        if (end - content != 1 || source.at(content) != 0 && source.at(content) != 0xff) {
            throw new DerException("expected " + what + " to be true or false");
        }
        return source.at(content) == 0xff;
    }

    /// An OBJECT IDENTIFIER in dotted form.
    ///
    /// @throws DerException when it isn't one
    public String oid(String what) throws DerException {
        expect(OID, what);
        return ObjectIdentifier.dotted(content()).orElseThrow(() -> new DerException("expected " + what + ", found a damaged object identifier"));
    }

    /// The text of a UTF8String.
    ///
    /// @throws DerException when it isn't one
    public String utf8(String what) throws DerException {
        return expect(UTF8_STRING, what).content().utf8().orElseThrow(() -> new DerException("expected " + what + " in UTF-8"));
    }

    /// A GeneralizedTime in UTC, with or without a fraction (RFC 3161 §2.4.2).
    ///
    /// @throws DerException when it isn't one
    public Instant generalizedTime(String what) throws DerException {
        expect(GENERALIZED_TIME, what);
        Optional<Instant> time = content().utf8().flatMap(GeneralizedTime::parse);
        return time.orElseThrow(() -> new DerException("expected " + what + " as YYYYMMDDhhmmss[.s]Z"));
    }

    /// A UTCTime or GeneralizedTime of a certificate: in UTC and whole seconds (RFC 5280 §4.1.2.5).
    ///
    /// @throws DerException when it is neither
    public Instant certificateTime(String what) throws DerException {
        if (is(GENERALIZED_TIME)) {
            return generalizedTime(what);
        }
        expect(UTC_TIME, what);
        String text = content().utf8().orElse("");
        boolean lastCentury = !text.isEmpty() && text.charAt(0) >= '5';
        return GeneralizedTime.parse((lastCentury ? "19" : "20") + text)
                .filter(_ -> text.length() == UTC_TIME_LENGTH)
                .orElseThrow(() -> new DerException("expected " + what + " as YYMMDDhhmmssZ"));
    }
}
