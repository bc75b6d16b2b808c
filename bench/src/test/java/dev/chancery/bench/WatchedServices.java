package dev.chancery.bench;

import dev.chancery.domain.trust.Service;
import dev.chancery.ports.sigstore.CertificateIssuer;
import dev.chancery.ports.sigstore.LogReader;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.ports.sigstore.SigstoreServices;
import dev.chancery.ports.sigstore.TimestampAuthority;
import dev.chancery.ports.sigstore.TransparencyLog;
import java.util.Set;

/// Services that measure for how long at least one of them is being asked.
final class WatchedServices implements SigstoreServices {
    private final SigstoreServices services;
    private int running;
    private long since;
    private long waited;

    WatchedServices(SigstoreServices services) {
        this.services = services;
    }

    synchronized void start() {
        waited = 0;
    }

    /// In nanoseconds, since [#start()].
    synchronized long waited() {
        return waited;
    }

    private interface Call<T> {
        T run() throws ServiceException;
    }

    private <T> T watched(Call<T> call) throws ServiceException {
        synchronized (this) {
            if (running++ == 0) {
                since = System.nanoTime();
            }
        }
        try {
            return call.run();
        } finally {
            synchronized (this) {
                if (--running == 0) {
                    waited += System.nanoTime() - since;
                }
            }
        }
    }

    @Override
    public Set<Long> issuerVersions() {
        return services.issuerVersions();
    }

    @Override
    public Set<Long> logVersions() {
        return services.logVersions();
    }

    @Override
    public Set<Long> timestampVersions() {
        return services.timestampVersions();
    }

    @Override
    public CertificateIssuer issuer(Service service) throws ServiceException {
        CertificateIssuer issuer = services.issuer(service);
        return (token, key, proof, budget) -> watched(() -> issuer.issue(token, key, proof, budget));
    }

    @Override
    public TransparencyLog log(Service service) throws ServiceException {
        TransparencyLog log = services.log(service);
        return (proposal, budget) -> watched(() -> log.append(proposal, budget));
    }

    @Override
    public TimestampAuthority timestamps(Service service) throws ServiceException {
        TimestampAuthority authority = services.timestamps(service);
        return (request, budget) -> watched(() -> authority.timestamp(request, budget));
    }

    @Override
    public LogReader reader(String url, int version) throws ServiceException {
        return services.reader(url, version);
    }
}
