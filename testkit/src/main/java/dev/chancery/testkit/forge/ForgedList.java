package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// A revocation list in the making, of which the tests' clock says that it is the newest. What a test doesn't change is sound. Not thread-safe.
public final class ForgedList {
    /// When it is from: the tests' clock stands at the end of the year.
    public static final Instant THIS_UPDATE = Instant.parse("2026-12-30T00:00:00Z");

    /// An authority that may sign lists.
    public static final ForgedAuthority.Shape FOR_LISTS = ForgedAuthority.Shape.SOUND.withKeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);

    private final String issuer;
    private final ForgedKey key;
    private final ExtensionsGenerator extensions = new ExtensionsGenerator();
    private final java.util.List<Entry> entries = new java.util.ArrayList<>();
    private Instant thisUpdate = THIS_UPDATE;
    private Instant nextUpdate = THIS_UPDATE.plus(Duration.ofDays(7));

    private ForgedList(String issuer, ForgedKey key) {
        this.issuer = issuer;
        this.key = key;
    }

    private record Entry(BigInteger serialNumber, Instant time, ExtensionsGenerator extensions) {}

    /// By an authority.
    public static ForgedList by(ForgedAuthority authority) {
        return new ForgedList(authority.name(), authority.key());
    }

    /// In an authority's name, signed with another key.
    public static ForgedList inTheNameOf(ForgedAuthority authority, ForgedKey key) {
        return new ForgedList(authority.name(), key);
    }

    /// From another time.
    public ForgedList from(Instant start, Instant end) {
        thisUpdate = start;
        nextUpdate = end;
        return this;
    }

    /// Revokes a certificate for a reason of [CRLReason], since a time.
    public ForgedList revoking(long serialNumber, Instant time, int reason) {
        return revoking(serialNumber, time, reason, null);
    }

    /// Revokes a certificate that must not be relied on since an earlier time.
    public ForgedList revoking(long serialNumber, Instant time, int reason, @Nullable Instant invalidSince) {
        ExtensionsGenerator more = new ExtensionsGenerator();
        add(more, Extension.reasonCode, false, CRLReason.lookup(reason));
        if (invalidSince != null) {
            add(more, Extension.invalidityDate, false, new ASN1GeneralizedTime(Date.from(invalidSince)));
        }
        entries.add(new Entry(BigInteger.valueOf(serialNumber), time, more));
        return this;
    }

    /// Has an entry with a critical extension that nobody knows.
    public ForgedList withStrangeEntry() {
        ExtensionsGenerator more = new ExtensionsGenerator();
        add(more, Extension.certificateIssuer, true, new GeneralNames(new GeneralName(new X500Name("CN=else"))));
        entries.add(new Entry(BigInteger.ONE, THIS_UPDATE, more));
        return this;
    }

    /// Adds an extension.
    public ForgedList with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        add(extensions, oid, critical, value);
        return this;
    }

    private static void add(ExtensionsGenerator to, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            to.addExtension(oid, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The list in DER.
    public Bytes issue() {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(new X500Name(issuer), Date.from(thisUpdate));
        builder.setNextUpdate(Date.from(nextUpdate));
        for (Entry entry : entries) {
            builder.addCRLEntry(entry.serialNumber(), Date.from(entry.time()), entry.extensions().generate());
        }
        try {
            Extensions all = extensions.isEmpty() ? null : extensions.generate();
            if (all != null) {
                for (var oid : all.getExtensionOIDs()) {
                    builder.addExtension(all.getExtension(oid));
                }
            }
            return Bytes.copyOf(builder.build(new JcaContentSignerBuilder(key.algorithm()).build(key.pair().getPrivate())).getEncoded());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
