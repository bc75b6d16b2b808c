package dev.chancery.adapters.oci.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1).
///
/// @param scheme in lower case
/// @param parameters by their names in lower case
public record Challenge(String scheme, Map<String, String> parameters) {
    private static final int LONGEST = 8192;

    public Challenge {
        parameters = Map.copyOf(parameters);
    }

    /// A parameter.
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// The challenges of one or several headers. What isn't understood is passed over.
    public static List<Challenge> read(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            if (header.length() <= LONGEST) {
                new Reader(header).readInto(challenges);
            }
        }
        return List.copyOf(challenges);
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void readInto(List<Challenge> challenges) {
            String scheme = "";
            Map<String, String> parameters = new TreeMap<>();
            while (at < text.length()) {
                skip(" ,\t");
                String word = word();
                if (word.isEmpty()) {
                    at++;
                    continue;
                }
                int before = at;
                skip(" \t");
                if (at < text.length() && text.charAt(at) == '=' && !scheme.isEmpty()) {
                    at++;
                    skip(" \t");
                    parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value());
                } else {
                    at = before;
                    if (!scheme.isEmpty()) {
                        challenges.add(new Challenge(scheme, parameters));
                    }
                    scheme = word.toLowerCase(Locale.ROOT);
                    parameters = new TreeMap<>();
                }
            }
            if (!scheme.isEmpty()) {
                challenges.add(new Challenge(scheme, parameters));
            }
        }

        private void skip(String characters) {
            while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String word() {
            int from = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "!#$%&'*+-.^_`|~".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            return text.substring(from, at);
        }

        private String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                return word();
            }
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            at++;
            return value.toString();
        }
    }
}
