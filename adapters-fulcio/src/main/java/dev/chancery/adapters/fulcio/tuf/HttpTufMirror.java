package dev.chancery.adapters.fulcio.tuf;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.ports.trust.TrustSourceException;
import dev.chancery.ports.trust.TufMirror;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A mirror over HTTP or HTTPS. It need not be trusted, so plain HTTP will do.
public final class HttpTufMirror implements TufMirror {
    private final ServiceHttp http;
    private final URI base;
    private final Duration budget;

    /// @param budget for each file, retries included
    /// @throws TrustSourceException when the URL can't be used
    public HttpTufMirror(ServiceHttp http, String url, Duration budget) throws TrustSourceException {
        this.http = http;
        this.budget = budget;
        try {
            this.base = Urls.of(url, "the mirror " + url);
        } catch (ServiceException e) {
            throw failed(e.problem().why(), e);
        }
    }

    @Override
    public String name() {
        return base.toString();
    }

    @Override
    public Optional<Bytes> fetch(String path, int limit) throws TrustSourceException {
        Answer answer;
        try {
            answer = http.ask(Ask.get("the mirror " + base, Urls.below(base, path), "*/*", limit), budget, BeforeRepeat.NOTHING);
        } catch (ServiceException e) {
            throw failed(e.problem().why(), e);
        }
        // Object stores that keep mirrors say 403 for what isn't there.
        if (answer.status() == 404 || answer.status() == 403) {
            return Optional.empty();
        }
        if (!answer.isSuccess()) {
            throw failed("HTTP status " + answer.status() + " for " + path, null);
        }
        return Optional.of(answer.body());
    }

    private TrustSourceException failed(String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TrustSourceException.MirrorFailed(new Problem(ErrorCode.TRUST_MIRROR_FAILED, "the trust was not updated", why,
                "check the mirror's address, or use what was pulled before with --offline"), cause);
    }
}
