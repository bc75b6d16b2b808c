package dev.chancery.domain.tuf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.util.List;

/// Whom targets metadata trusts for some paths (§4.5).
///
/// @param name the delegated role's
/// @param role who signs its metadata
/// @param terminating whether nobody else is asked about those paths
public record TufDelegation(String name, TufRole role, boolean terminating, Paths paths) {
    /// Which paths.
    public sealed interface Paths {
        /// Whether a path is among them.
        boolean include(String path);

        /// Those that fit one of some patterns, in which `*` is any text and `?` any character, neither with a slash in it.
        record Patterns(List<String> patterns) implements Paths {
            public Patterns {
                patterns = List.copyOf(patterns);
            }

            @Override
            public boolean include(String path) {
                return patterns.stream().anyMatch(pattern -> fits(pattern, path));
            }

            /// Goes back to the last `*` only, so that no pattern takes longer than its length times the path's.
            private static boolean fits(String pattern, String path) {
                int at = 0;
                int star = -1;
                int after = 0;
                int i = 0;
                while (i < path.length()) {
                    char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
                    if (at < pattern.length() && wanted == '*') {
                        star = at++;
                        after = i;
                    } else if (at < pattern.length() && (wanted == path.charAt(i) || wanted == '?' && path.charAt(i) != '/')) {
                        at++;
                        i++;
                    } else if (star >= 0 && path.charAt(after) != '/') {
                        at = star + 1;
                        i = ++after;
                    } else {
                        return false;
                    }
                }
                while (at < pattern.length() && pattern.charAt(at) == '*') {
                    at++;
                }
                return at == pattern.length();
            }
        }

        /// Those whose SHA-256 in hexadecimal begins with one of some prefixes.
        record HashPrefixes(List<String> prefixes) implements Paths {
            public HashPrefixes {
                prefixes = List.copyOf(prefixes);
            }

            @Override
            public boolean include(String path) {
                String hash = HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(path)).hex();
                return prefixes.stream().anyMatch(hash::startsWith);
            }
        }
    }
}
