package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;

/// Shows keys, as text and as JSON.
final class KeyDescriptions {
    private KeyDescriptions() {}

    static void show(KeyDescription key, Output output) {
        output.line(key.label().isEmpty() ? key.uri() : key.label());
        output.line("  uri         " + key.uri());
        key.expectedKey().ifPresent(expected -> {
            output.line("  key id      " + expected.key().id().hex());
            output.line("  kind        " + expected.key().description() + ", public half: " + expected.source().description());
            output.line("  algorithms  "
                    + String.join(", ", SignatureAlgorithm.forKey(expected.key()).stream().map(SignatureAlgorithm::cliName).toList()));
        });
        if (key.expectedKey().isEmpty()) {
            output.line("  key id      unknown: nothing beside the private key tells its public half; sign with --expect-key FILE");
        }
        key.facts().forEach(fact -> output.line("  " + fact.name() + ": " + fact.value()));
    }

    static JsonValue document(KeyDescription key) {
        var document = JsonText.object().put("uri", key.uri()).put("label", key.label());
        key.expectedKey().ifPresent(expected -> document
                .put("keyId", expected.key().id().hex())
                .put("kind", expected.key().description())
                .put("publicKeySource", expected.source().description())
                .put("publicKey", expected.key().pem()));
        var facts = JsonText.object();
        key.facts().forEach(fact -> facts.put(fact.name(), fact.value()));
        return document.put("facts", facts.build()).build();
    }
}
