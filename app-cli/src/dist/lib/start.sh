# How the program is started, whether or not chancery-prepare was run. Read by bin/chancery and bin/chancery-prepare.
# POSIX sh and -nt, builtins only: this runs before every command.
# shellcheck shell=sh disable=SC2034,SC3013

# start_kind COMMAND...: sets start_kind to the kind of work, which is the name of its cache, and start_work to the options that suit it.
#   verify, sign, keyless   one short command of that kind: what makes it is little
#   chancery                everything else
# All classes of a cache are linked when the virtual machine starts, used or not (10 ms for each thousand): so the commands that are started
# most have caches of their own, with a third of the classes. A command that is of none of these kinds after all works as well, only slower.
start_kind() {
  start_kind=chancery start_work=
  case " $* " in
    *' --batch '* | *' --batch='*)
      # A batch runs for seconds. That is too short for the compiler to earn back what it spends on long inlined methods and unrolled loops, and the
      # work itself is in AWS-LC: with these options it compiles in a third of the time, and the code is as fast.
      start_work='-XX:FreqInlineSize=60 -XX:InlineSmallCode=800 -XX:MaxInlineLevel=3 -XX:LoopUnrollLimit=0 -XX:LoopOptsCount=5 -XX:-UseSuperWord -XX:-PartialPeelLoop'
      return
      ;;
  esac
  # What a hostile input made the heap grow to is given back: the machine's own rule is a quarter of its memory.
  start_work='-Xms16m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20'
  case " $* " in
    *' --policy'* | *' oci:'* | *' oci-layout:'*) return ;;
  esac
  case ${1:-}:" $*" in
    verify:*) start_kind=verify ;;
    sign:*' --identity-token'* | attest:*' --identity-token'* | sign:*fulcio* | attest:*fulcio* | sign:*' --signing-config'* | attest:*' --signing-config'*) start_kind=keyless ;;
    sign:* | attest:*) start_kind=sign ;;
    *) return ;;
  esac
  # The first compiler alone starts fastest, and hashes what is long at a fifth of the speed; deriving a key from a passphrase wants the second too.
  case $start_kind:" $* " in
    *' - '*) ;;   # standard input, of unknown length
    keyless:*) start_long_file "$@" || start_work="$start_work -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10" ;;   # runs much code once
    verify:* | sign:*pkcs11:*) start_long_file "$@" || start_work="$start_work -XX:TieredStopAtLevel=1" ;;
  esac
}

# start_long_file ARGUMENT...: whether one of them is a file of more than 8 MB.
start_long_file() {
  start_count=$#
  for start_name; do
    [ ! -f "$start_name" ] || case $start_name in /*) set -- "$@" "$start_name" ;; *) set -- "$@" "./$start_name" ;; esac
  done
  shift "$start_count"
  [ $# -gt 0 ] && [ -n "$(find -H "$@" -prune -size +16384)" ]
}

# start_options LIB [KIND]: sets start_classes to the class path, start_names to what it consists of, start_machine to the options that hold for
# every command, and start_cache to the option that names the cache of that kind, where there is one that is valid.
# That it is, is settled here: Java 25 checks that the cache was made by the same Java, but takes one that was made of other jars, and would
# run their classes. So the names of the jars are those that were written down with the caches, and none is newer.
start_options() {
  start_classes= start_names= start_valid=true start_cache= start_file=$1/start/${2:-chancery}.aot
  for start_jar in "$1"/*.jar; do
    start_name=${start_jar##*/}
    if [ -f "$1/start/$start_name" ]; then
      [ ! "$start_jar" -nt "$start_file" ] || start_valid=false
      start_jar=$1/start/$start_name start_name=start/$start_name
    fi
    [ ! "$start_jar" -nt "$start_file" ] || start_valid=false
    start_classes=${start_classes:+$start_classes:}$start_jar
    start_names="$start_names $start_name"
  done
  # A command lives for a fraction of a second: the serial collector starts fastest, and nobody looks at its counters in /tmp. Native access is for PKCS#11 modules, which are
  # reached through java.lang.foreign; memory access by Unsafe is what protobuf, below the conditions of policies, does. As many connections to AWS KMS are kept as requests are under way.
  start_machine='-XX:+UseSerialGC -XX:-UsePerfData --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dhttp.maxConnections=16'
  if [ -f "$start_file" ] && [ -f "$1/start/classes" ]; then
    IFS= read -r start_recorded <"$1/start/classes" || start_recorded=
    if [ "$start_valid" = true ] && [ "$start_recorded" = "$start_names" ]; then
      # A cache of another Java is refused by the virtual machine, which goes on without; it need not say so.
      start_cache=-XX:AOTCache=$start_file
      start_machine="$start_machine -Xlog:disable -Xlog:all=error,aot*=off,cds*=off:stderr"
    fi
  fi
}
