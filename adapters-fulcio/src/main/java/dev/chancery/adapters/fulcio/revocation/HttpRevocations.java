package dev.chancery.adapters.fulcio.revocation;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationFacts;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.certificate.RevocationReader;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.ports.sigstore.ServiceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Revocation lists and OCSP responses from files, a folder and, unless that is forbidden, those who publish them. Thread-safe; one fetch at a time.
///
/// Addresses come from certificates that a trusted authority has issued. All the same neither this machine nor link-local addresses are asked, where
/// an authority has no business, no redirect is followed, and sizes and times are limited.
public final class HttpRevocations implements RevocationSource {
    /// How long one place is waited for.
    public static final Duration BUDGET = Duration.ofSeconds(10);

    /// How long a place that gave nothing is left alone: each line of a batch may name it.
    public static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    private static final int MAX_FAILURES = 1024;

    private final ServiceHttp http;
    private final RevocationCache cache;
    private final Clock clock;
    private final Settings settings;
    private final Map<String, Failure> failures = new HashMap<>();

    /// @param folder where what was fetched is kept; made when it is needed
    public HttpRevocations(ServiceHttp http, Path folder, Clock clock, Settings settings) {
        this.http = http;
        this.cache = new RevocationCache(folder);
        this.clock = clock;
        this.settings = settings;
    }

    /// What the user says.
    ///
    /// @param lists that were given, in DER
    /// @param responses that were given, in DER
    /// @param offline whether nobody may be asked
    /// @param ownMachine whether this machine may be asked, such as a proxy or a test on it
    public record Settings(List<Bytes> lists, List<Bytes> responses, boolean offline, boolean ownMachine) {
        public Settings {
            lists = List.copyOf(lists);
            responses = List.copyOf(responses);
        }
    }

    private record Failure(Instant until, String why) {}

    @Override
    public Found known(RevocationFacts facts) {
        List<Bytes> lists = new ArrayList<>(settings.lists());
        List<Bytes> responses = new ArrayList<>(settings.responses());
        facts.lists().forEach(url -> cache.load(url, RevocationReader.MAX_LIST).ifPresent(lists::add));
        facts.responders().forEach(url -> cache.load(address(url, facts), RevocationReader.MAX_RESPONSE).ifPresent(responses::add));
        return new Found(lists, responses, List.of());
    }

    @Override
    public synchronized Found fetched(RevocationFacts facts) {
        if (settings.offline()) {
            return new Found(List.of(), List.of(), facts.lists().isEmpty() && facts.responders().isEmpty() ? List.of() : List.of("nobody was asked (offline)"));
        }
        List<Bytes> lists = new ArrayList<>();
        List<Bytes> responses = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (String url : facts.responders()) {
            fetch(url, address(url, facts), Optional.of(facts.request()), why).ifPresent(responses::add);
        }
        for (String url : facts.lists()) {
            fetch(url, url, Optional.empty(), why).ifPresent(lists::add);
        }
        return new Found(lists, responses, why);
    }

    /// A responder's answers are kept by whom they are about.
    private static String address(String url, RevocationFacts facts) {
        return url + " " + facts.request().toHex();
    }

    private Optional<Bytes> fetch(String url, String address, Optional<Bytes> request, List<String> why) {
        Failure before = failures.get(address);
        if (before != null && clock.instant().isBefore(before.until())) {
            why.add(before.why());
            return Optional.empty();
        }
        try {
            Bytes content = ask(url, request);
            keep(address, content, why);
            return Optional.of(content);
        } catch (ServiceException e) {
            String failure = url + " gave nothing: " + e.problem().why();
            if (failures.size() >= MAX_FAILURES) {
                failures.clear();
            }
            failures.put(address, new Failure(clock.instant().plus(LEFT_ALONE), failure));
            why.add(failure);
            return Optional.empty();
        }
    }

    private void keep(String address, Bytes content, List<String> why) {
        try {
            cache.save(address, content);
        } catch (IOException e) {
            why.add("what was fetched could not be kept: " + e.getMessage());
        }
    }

    private Bytes ask(String url, Optional<Bytes> request) throws ServiceException {
        String service = "the place of revocation " + url;
        URI uri = Urls.of(url, service);
        refuseOwnMachine(uri);
        Answer answer = http.ask(request.isPresent()
                ? Ask.post(service, uri, "application/ocsp-request", "application/ocsp-response", request.get(), RevocationReader.MAX_RESPONSE)
                : Ask.get(service, uri, "*/*", RevocationReader.MAX_LIST), BUDGET, BeforeRepeat.NOTHING);
        if (!answer.isSuccess()) {
            throw refused("it answered with HTTP status " + answer.status(), "ask the authority");
        }
        return answer.body();
    }

    private void refuseOwnMachine(URI uri) throws ServiceException {
        try {
            for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
                boolean own = address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress();
                if (own && !settings.ownMachine()) {
                    throw refused("expected an address elsewhere, found this machine's or a link-local one",
                            "set CHANCERY_REVOCATION_LOOPBACK=allow if it is meant");
                }
            }
        } catch (UnknownHostException e) {
            // A proxy may know it.
        }
    }

    private static ServiceException refused(String why, String remedy) {
        return new ServiceException.Refused(new Problem(ErrorCode.EVIDENCE_SERVICE_UNTRUSTED,
                "nothing was learnt about revocation", why, remedy));
    }
}
