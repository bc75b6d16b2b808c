package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.application.signing.RequestCertificate;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.json.JsonText;
import dev.chancery.ports.crypto.CertificateRequests;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery key csr`: asks an authority for a certificate of a key.
public final class KeyCsrCommand implements Command {
    private final RequestCertificate requests;
    private final KeyOptions keyOptions;

    @Inject
    KeyCsrCommand(RequestCertificate requests, KeyOptions keyOptions) {
        this.requests = requests;
        this.keyOptions = keyOptions;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("csr", "Makes a request for a code signing certificate (PKCS #10, PEM), signed by the key itself.",
                "  chancery key csr 'pkcs11:token=release;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so' --subject 'CN=Release signing,O=Example' -o release.csr");
        spec.addPositional(Options.parameter("KEY", "1", "A path, env://NAME, pkcs11:… or the URI of a key service."));
        spec.addOption(Options.value("--subject", "NAME", "Distinguished name (RFC 4514), such as CN=Release signing,O=Example.").build());
        spec.addOption(Options.values("--email", "ADDRESS", "E-mail address for the alternative names; may be given several times.").build());
        spec.addOption(Options.values("--dns", "HOST", "Host name, likewise.").build());
        spec.addOption(Options.values("--uri", "URI", "URI, likewise.").build());
        spec.addOption(Options.value("-o", "OUT", "Where it goes; standard output when not given.").build());
        spec.addOption(Options.flag("--force", "Replace an existing output file.").build());
        KeyOptions.addExpectation(spec);
        KeyOptions.addAlgorithm(spec);
        KeyOptions.addAccess(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        KeyRef ref = KeyRef.parse(Options.single(line, "key"));
        var names = new CertificateRequests.Names(Options.text(line, "--subject").orElse(""), Options.many(line, "--email"),
                Options.many(line, "--dns"), Options.many(line, "--uri"));
        Optional<String> file = Options.text(line, "-o");
        boolean force = Options.has(line, "--force");
        if (file.isPresent()) {
            UserFiles.refuseExisting(file.get(), force);
        }
        RequestCertificate.Signed made = requests.request(names, ref, keyOptions.signing(line));
        String keyId = made.signature().key().key().id().hex();
        if (file.isPresent()) {
            UserFiles.write(file.get(), made.pem(), force);
            output.line("wrote " + file.get() + " (key " + keyId + ")");
            output.document(JsonText.object().put("file", file.get()).put("keyId", keyId).build());
        } else if (output.json()) {
            output.document(JsonText.object().put("request", made.pem().utf8().orElseThrow()).put("keyId", keyId).build());
        } else {
            output.raw(made.pem());
        }
        return ExitStatus.DONE;
    }
}
