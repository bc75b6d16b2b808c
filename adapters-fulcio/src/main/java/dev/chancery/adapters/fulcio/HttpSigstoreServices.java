package dev.chancery.adapters.fulcio;

import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.domain.trust.Service;
import dev.chancery.ports.sigstore.CertificateIssuer;
import dev.chancery.ports.sigstore.LogReader;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.ports.sigstore.SigstoreServices;
import dev.chancery.ports.sigstore.TimestampAuthority;
import dev.chancery.ports.sigstore.TransparencyLog;
import java.time.Clock;
import java.util.Set;

/// Clients over HTTP. The versions are those of signing configurations: 1 for Fulcio means its API v2 too (protobuf-specs,
/// sigstore_trustroot.proto; sigstore-go).
public final class HttpSigstoreServices implements SigstoreServices {
    private static final Set<Long> ISSUERS = Set.of(1L);
    private static final Set<Long> LOGS = Set.of(1L, 2L);
    private static final Set<Long> AUTHORITIES = Set.of(1L);

    private final ServiceHttp http;
    private final Clock clock;

    public HttpSigstoreServices(ServiceHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Set<Long> issuerVersions() {
        return ISSUERS;
    }

    @Override
    public Set<Long> logVersions() {
        return LOGS;
    }

    @Override
    public Set<Long> timestampVersions() {
        return AUTHORITIES;
    }

    @Override
    public CertificateIssuer issuer(Service service) throws ServiceException {
        return new FulcioIssuer(http, clock, service.url());
    }

    @Override
    public TransparencyLog log(Service service) throws ServiceException {
        return service.majorApiVersion() == 2 ? new RekorV2Log(http, service.url()) : new RekorV1Log(http, service.url());
    }

    @Override
    public TimestampAuthority timestamps(Service service) throws ServiceException {
        return new HttpTimestampAuthority(http, service.url());
    }

    @Override
    public LogReader reader(String url, int version) throws ServiceException {
        return version == 2 ? new RekorV2Reader(http, url) : new RekorV1Reader(http, url);
    }
}
