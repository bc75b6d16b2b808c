package dev.chancery.app.cli.approval.qr;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.approval.ApprovalAnswer;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.CanonicalJson;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery request qr`.
public final class RequestQrCommand implements Command {
    private static final String PNG = "--png";

    @Inject
    RequestQrCommand() {}

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("qr", "Shows a request or an answer as a QR code, for a gap that only light crosses. What is scanned is the file.",
                "  chancery request qr req.json",
                "  chancery request qr ann.answer.json --png ann.png");
        spec.addPositional(Options.parameter("FILE", "0..1", "A request's or an answer's file."));
        spec.addOption(Options.value(PNG, "OUT", "Write a picture in place of printing on a dark terminal.").build());
        spec.addOption(Options.flag("--force", "Replace an existing output file.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String file = Options.single(line, "file");
        Optional<String> png = Options.text(line, PNG);
        boolean force = Options.has(line, "--force");
        if (png.isPresent()) {
            UserFiles.refuseExisting(png.get(), force);
        }
        Bytes content = canonical(UserFiles.read(file, ApprovalRequest.MAX_LENGTH));
        QrCode code = QrCode.of(content).orElseThrow(() -> new UsageException(ErrorCode.TOO_LARGE_FOR_QR,
                "expected at most " + QrCode.MAX_LENGTH + " bytes, found " + content.size(), "carry the file itself; ML-DSA signatures, and statements about many artifacts, are too long"));
        if (png.isPresent()) {
            UserFiles.write(png.get(), PngImage.of(code), force);
            output.line("picture " + png.get() + " of " + content.size() + " bytes");
            output.document(JsonText.object().put("png", png.get()).put("bytes", content.size()).build());
        } else {
            code.lines().forEach(output::line);
            output.document(JsonText.object().put("bytes", content.size()).put("modules", code.size()).build());
        }
        return ExitStatus.DONE;
    }

    /// What it is by its media type; the shortest form that is the same request or answer.
    private static Bytes canonical(Bytes json) throws FormatException {
        JsonValue document = StrictJson.parse(json, ApprovalRequest.MAX_LENGTH);
        String mediaType = JsonFields.of(document, "").requiredText("mediaType");
        if (!mediaType.equals(ApprovalRequest.MEDIA_TYPE) && !mediaType.equals(ApprovalAnswer.MEDIA_TYPE)) {
            throw FormatException.mediaTypeUnsupported("mediaType", ApprovalRequest.MEDIA_TYPE + " or " + ApprovalAnswer.MEDIA_TYPE, FormatException.quoted(mediaType));
        }
        return CanonicalJson.encode(document);
    }
}
