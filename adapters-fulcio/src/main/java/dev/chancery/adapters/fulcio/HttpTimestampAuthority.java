package dev.chancery.adapters.fulcio;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.TimestampToken;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.ports.sigstore.TimestampAuthority;
import java.net.URI;
import java.time.Duration;

/// RFC 3161 over HTTP (§3.4).
final class HttpTimestampAuthority implements TimestampAuthority {
    private final ServiceHttp http;
    private final URI url;
    private final String name;

    /// @param url where requests go, path included
    HttpTimestampAuthority(ServiceHttp http, String url) throws ServiceException {
        this.http = http;
        this.name = "the timestamp authority " + url;
        this.url = Urls.of(url, name);
    }

    @Override
    public Bytes timestamp(Bytes request, Duration budget) throws ServiceException {
        Answer answer = http.ask(Ask.post(name, url, "application/timestamp-query", "application/timestamp-reply", request,
                TimestampToken.MAX_LENGTH), budget, BeforeRepeat.NOTHING);
        if (!answer.isSuccess()) {
            throw Answers.refused(ErrorCode.TIMESTAMP_REFUSED, name, answer, "use another authority, or ask its operator");
        }
        return answer.body();
    }
}
