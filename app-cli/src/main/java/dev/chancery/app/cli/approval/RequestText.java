package dev.chancery.app.cli.approval;

import dev.chancery.app.cli.io.Output;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.text.LookAlikes;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.domain.dsse.DssePayload;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How a request is shown: all that will be signed, with what can't be seen or can be mistaken made plain.
public final class RequestText {
    private final Clock clock;

    /// Texts at a time, to which ages are told.
    public RequestText(Clock clock) {
        this.clock = clock;
    }

    void show(RequestReader.Known known, Output output) throws ProblemException {
        ApprovalRequest request = known.request();
        Instant now = clock.instant();
        output.line("request   " + request.id().hex());
        output.line("code      " + request.code());
        named("requester ", request.requester(), " (" + known.standing() + ")", output);
        output.line("created   " + request.created() + " (" + age(Duration.between(request.created(), now)) + ")");
        output.line("expires   " + request.expires() + (now.isBefore(request.expires()) ? " (in " + span(Duration.between(now, request.expires())) + ")" : " (expired)"));
        named("policy    ", request.policy().name(), " (" + request.policy().digest() + ")", output);
        named("type      ", request.statement().predicateType(), "", output);
        for (Subject subject : request.statement().subjects()) {
            named("artifact  ", subject.name(), "", output);
            subject.digests().forEach((algorithm, hex) -> output.line("          " + algorithm + ":" + hex));
            output.line("          " + request.size(subject.digests().getOrDefault("sha256", "")).map(size -> size + " bytes, as the requester read it")
                    .orElse("of a size that the request does not say"));
        }
        output.line("payload   " + request.payloadDigest() + ", " + request.payload().content().size() + " bytes");
        output.line("predicate");
        JsonValue predicate = StrictJson.parse(request.statement().predicate(), DssePayload.MAX_LENGTH);
        String text = JsonText.pretty(predicate).utf8().orElse("");
        text.lines().forEach(row -> output.line("  " + row));
        warn(text, output);
    }

    /// All of it as one text, for a page.
    ///
    /// @throws ProblemException when the predicate can't be read
    public String whole(RequestReader.Known known) throws ProblemException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream lines = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        show(known, new Output(lines, lines, false, false));
        lines.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void named(String label, String text, String rest, Output output) {
        output.line(label + text + rest);
        warn(text, output);
    }

    /// Quotation marks, accents and other scripts are fine; whoever reads must only know that they are there.
    private static void warn(String text, Output output) {
        List<String> found = LookAlikes.in(text);
        if (!found.isEmpty()) {
            output.line("          look closely: not ASCII: " + String.join(", ", found));
        }
    }

    private static String age(Duration age) {
        return age.isNegative() ? "in the future" : span(age) + " ago";
    }

    private static String span(Duration span) {
        if (span.toDays() > 1) {
            return span.toDays() + " days";
        }
        return span.toHours() > 1 ? span.toHours() + " hours" : Math.max(0, span.toMinutes()) + " minutes";
    }

    JsonValue document(RequestReader.Known known) throws ProblemException {
        ApprovalRequest request = known.request();
        return JsonText.object()
                .put("id", request.id().hex())
                .put("code", request.code())
                .put("requester", request.requester())
                .put("requesterProven", known.proven())
                .put("created", request.created().toString())
                .put("expires", request.expires().toString())
                .put("open", clock.instant().isBefore(request.expires()))
                .put("policy", JsonText.object().put("name", request.policy().name()).put("sha256", request.policy().digest().hex()).build())
                .put("payloadSha256", request.payloadDigest().hex())
                .put("predicateType", request.statement().predicateType())
                .put("artifacts", JsonText.array(request.statement().subjects().stream().map(subject -> artifact(request, subject)).toList()))
                .put("predicate", StrictJson.parse(request.statement().predicate(), DssePayload.MAX_LENGTH))
                .build();
    }

    private static JsonValue artifact(ApprovalRequest request, Subject subject) {
        String sha256 = subject.digests().getOrDefault("sha256", "");
        var artifact = JsonText.object().put("name", subject.name()).put("sha256", sha256);
        request.size(sha256).ifPresent(size -> artifact.put("size", size));
        return artifact.build();
    }
}
