# Builds the distribution. Read by ./chancery and the scripts; wants root (the source tree) and found_java (a JDK 25).
# shellcheck shell=bash disable=SC2154

distribution() { # the unpacked distribution; there is one, because building removes the last one first
  local candidate
  for candidate in "$root"/app-cli/target/dist/chancery-*; do
    [ -x "$candidate/bin/chancery" ] && printf '%s' "$candidate" && return 0
  done
  return 1
}

archive() { # the same as one file
  printf '%s.tar.gz' "$root/app-cli/target/$(basename "$(distribution)")"
}

# Maven finds the JDK that compiles through toolchains, which look at JAVA25_HOME; it runs itself on any Java it likes.
maven() (
  umask 022   # the modes of compiled files end up in the jars
  command -v mvn >/dev/null || { printf 'chancery: Maven 3.8 or later is needed on the PATH to build from source\n' >&2; exit 2; }
  if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null; then
    JAVA_HOME=$found_java JAVA25_HOME=$found_java mvn -f "$root/pom.xml" "$@"
  else
    JAVA25_HOME=$found_java mvn -f "$root/pom.xml" "$@"
  fi
)

# Every input of the build whose change makes it anew. -cnewer looks at the inode's time, so that files put in place with an old
# modification time count too; folders count, so that a deleted file does.
sources_newer_than() {
  find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main "$root"/app-cli/src/dist -cnewer "$1" -print 2>/dev/null | head -n 1
}

build_if_needed() {
  local stamp=$root/app-cli/target/dist.stamp log=$root/target/build.log
  if [ -f "$stamp" ] && distribution >/dev/null && [ -f "$(archive)" ] && [ -z "$(sources_newer_than "$stamp")" ]; then
    return 0
  fi
  printf 'chancery: building the program (log: %s)\n' "$log" >&2
  mkdir -p "$root/target" "$root/app-cli/target"
  rm -rf "$root/app-cli/target/dist" "$stamp"
  touch "$stamp.new"   # before the build: what changes while it runs is newer
  if ! (cd "$root" && maven -q -Dmaven.test.skip=true -pl app-cli -am package) >"$log" 2>&1; then
    grep -E '^\[(ERROR|FATAL)\]|^chancery:' "$log" | head -n 12 >&2 || true
    printf 'chancery: the build failed (log: %s)\n' "$log" >&2
    exit 2
  fi
  mv "$stamp.new" "$stamp"
  "$(distribution)/bin/chancery-prepare" >>"$log" 2>&1 || true   # starts are slower without, and nothing else
}
