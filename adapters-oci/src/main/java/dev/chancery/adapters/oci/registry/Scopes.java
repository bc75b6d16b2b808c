package dev.chancery.adapters.oci.registry;

/// What a token has to allow (distribution, docs/spec/auth/scope.md).
final class Scopes {
    private Scopes() {}

    static String pull(String repository) {
        return "repository:" + repository + ":pull";
    }

    static String push(String repository) {
        return "repository:" + repository + ":pull,push";
    }
}
