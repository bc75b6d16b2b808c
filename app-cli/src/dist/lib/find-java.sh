# Finds a Java 25 without starting one. Read by bin/chancery in the distribution and by ./chancery and ./check in the source tree.
# POSIX sh, builtins only: this runs before every command, so it starts no other program when java is an ordinary JDK.
# shellcheck shell=sh disable=SC2034

# find_java jdk|java: sets found_java to the home of a JDK 25 (jdk: one with a compiler), or ends the program with status 2.
find_java() {
  find_java_wanted=$1
  found_java=
  if [ -n "${CHANCERY_JAVA_HOME:-}" ]; then   # named for us: it is used or refused, never passed over
    find_java_take "$CHANCERY_JAVA_HOME" && return 0
    printf 'chancery: CHANCERY_JAVA_HOME=%s is not a %s\n' "$CHANCERY_JAVA_HOME" "$(find_java_name)" >&2
    exit 2
  fi
  find_java_take "${JAVA_HOME:-}" && return 0
  find_java_on_path && return 0
  for find_java_home in "${JAVA25_HOME:-}" "${JDK_25:-}" "${JDK25_HOME:-}" \
    "${JAVA_HOME_25:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    find_java_take "$find_java_home" && return 0
  done
  printf 'chancery: no %s was found (looked at CHANCERY_JAVA_HOME, JAVA_HOME, java on the PATH, JAVA25_HOME, JDK_25, JAVA_HOME_25*, /usr/lib/jvm, /Library/Java/JavaVirtualMachines, ~/.sdkman/candidates/java, ~/.jdks)\n' \
    "$(find_java_name)" >&2
  exit 2
}

find_java_name() {
  if [ "$find_java_wanted" = jdk ]; then printf 'JDK 25'; else printf 'Java 25'; fi
}

# A Java home says its version in the file "release". Without one (some distributions' layouts) the program itself is asked.
find_java_take() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] || return 1
  [ "$find_java_wanted" != jdk ] || [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    while IFS= read -r find_java_line || [ -n "$find_java_line" ]; do
      case $find_java_line in
        'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25-'*) found_java=$1; return 0 ;;
        'JAVA_VERSION='*) return 1 ;;
      esac
    done <"$1/release"
  fi
  case $("$1/bin/java" -version 2>&1) in
    *'version "25"'* | *'version "25.'* | *'version "25-'*) found_java=$1 ;;
    *) return 1 ;;
  esac
}

find_java_on_path() {
  find_java_link=$(command -v java 2>/dev/null) || return 1
  while [ -L "$find_java_link" ]; do   # Debian: /usr/bin/java -> /etc/alternatives/java -> /usr/lib/jvm/…/bin/java
    find_java_to=$(readlink "$find_java_link") || return 1
    case $find_java_to in
      /*) find_java_link=$find_java_to ;;
      *) find_java_link=${find_java_link%/*}/$find_java_to ;;
    esac
  done
  case $find_java_link in
    /usr/bin/java) return 1 ;;   # not a link: macOS's stub, which opens a window when there is no Java
    */bin/java) find_java_take "${find_java_link%/bin/java}" ;;
    *) return 1 ;;
  esac
}
