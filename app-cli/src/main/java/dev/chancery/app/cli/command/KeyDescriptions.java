package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;

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
        if (key.expectedKey().isEmpty() && !isOnSecurityKey(key)) { // a security key itself stands beside what it remembers
            output.line("  key id      unknown: nothing beside the private key tells its public half; sign with --expect-key FILE");
        }
        key.facts().forEach(fact -> output.line("  " + fact.name() + ": " + fact.value()));
    }

    /// Whether it makes approvals, which are no bundles.
    private static boolean isOnSecurityKey(KeyDescription key) {
        return key.uri().startsWith("fido2:");
    }

    /// For one key: who takes the bundles of each of its algorithms.
    static void showVerifiers(KeyDescription key, Output output) {
        key.expectedKey().filter(expected -> !isOnSecurityKey(key)).ifPresent(expected -> {
            output.line("  its bundles are taken by");
            for (SignatureAlgorithm algorithm : SignatureAlgorithm.forKey(expected.key())) {
                output.line("    " + algorithm.cliName() + ": " + BundleVerifier.ALL.stream()
                        .filter(verifier -> !verifier.takes(algorithm).equals("none"))
                        .map(verifier -> verifier.title() + switch (verifier.takes(algorithm)) {
                            case "files" -> " (files only)";
                            case "statements" -> " (statements only)";
                            default -> "";
                        }).collect(Collectors.joining(", ")));
            }
        });
    }

    /// The same as JSON: for each algorithm, for each verifier, `all`, `files`, `statements` or `none`.
    static JsonValue documentWithVerifiers(KeyDescription key) {
        var algorithms = JsonText.object();
        key.expectedKey().filter(expected -> !isOnSecurityKey(key)).map(ExpectedKey::key).map(SignatureAlgorithm::forKey).orElse(List.of()).forEach(algorithm -> {
            var verifiers = JsonText.object();
            BundleVerifier.ALL.forEach(verifier -> verifiers.put(verifier.title(), verifier.takes(algorithm)));
            algorithms.put(algorithm.cliName(), verifiers.build());
        });
        return builder(key).put("verifiers", algorithms.build()).build();
    }

    static JsonValue document(KeyDescription key) {
        return builder(key).build();
    }

    private static JsonText.ObjectBuilder builder(KeyDescription key) {
        var document = JsonText.object().put("uri", key.uri()).put("label", key.label());
        key.expectedKey().ifPresent(expected -> document
                .put("keyId", expected.key().id().hex())
                .put("kind", expected.key().description())
                .put("publicKeySource", expected.source().description())
                .put("publicKey", expected.key().pem()));
        var facts = JsonText.object();
        key.facts().forEach(fact -> facts.put(fact.name(), fact.value()));
        return document.put("facts", facts.build());
    }
}
