package dev.chancery.architecture;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What may stand in no file of the repository. The words are written in two halves, so that this file has none of them.
final class TreeFaults {
    static final long MAX_FILE = 1_000_000;

    /// Hosts of package registries: which mirror a build uses is its machine's business, and a host in the tree would settle it.
    private static final List<String> REGISTRIES = Stream.of(
            List.of("repo.maven", ".apache.org"), List.of("repo1.maven", ".org"), List.of("central.sona", "type"),
            List.of("oss.sona", "type"), List.of("plugins.gradle", ".org"), List.of("py", "pi.org"), List.of("files.python", "hosted.org"),
            List.of("registry.npm", "js.org"), List.of("registry.yarn", "pkg.com"), List.of("proxy.go", "lang.org"),
            List.of("sum.go", "lang.org"), List.of("static.crates", ".io"), List.of("index.crates", ".io"), List.of("deb.deb", "ian.org"))
            .map(halves -> String.join("", halves)).toList();
    /// Paths of the machine somebody worked on.
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.}~)*-])/(?:" + "wo" + "rk|" + "ro" + "ot|" + "ho" + "me/[a-z]\\w*)/\\w");
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----\\s*(?:\\\\n)?\\s*[A-Za-z0-9+/]{16}");

    private TreeFaults() {
    }

    /// @param name the path in the repository
    static List<String> in(String name, String text) {
        String small = text.toLowerCase(Locale.ROOT);
        Stream<String> hosts = REGISTRIES.stream().filter(small::contains).map(host -> name + ": names the registry host " + host);
        Stream<String> paths = MACHINE_PATH.matcher(text).results().map(found -> name + ": names a path of one machine, " + found.group());
        Stream<String> keys = mayHoldKeys(name) ? Stream.of()
                : PRIVATE_KEY.matcher(text).results().map(_ -> name + ": holds a private key");
        return Stream.of(hosts, paths, keys).flatMap(faults -> faults).distinct().toList();
    }

    private static boolean mayHoldKeys(String name) {
        return name.toLowerCase(Locale.ROOT).contains("test");
    }
}
