# openCryptoki's software token: Debian's package with its daemon, one for the machine. Its state is the package's own folder under /var/lib,
# and `up` makes the token in it anew.
# shellcheck shell=bash
DIR=$STATE/opencryptoki MODULE=/usr/lib/$(uname -m)-linux-gnu/opencryptoki/libopencryptoki.so.0
rig_up() {
  need opencryptoki pkcsslotd pkcs11-tool "$MODULE"
  [ -n "$(pgrep -x -r R,S,D pkcsslotd)" ] || start opencryptoki '' pkcsslotd -f
  wait_for opencryptoki 10 pkcs11-tool --module "$MODULE" -L
  mkdir -p "$DIR"
  printf 90817263 >"$DIR/pin"; chmod 600 "$DIR/pin"
  pkcs11-tool --module "$MODULE" --slot 3 --init-token --label lab-ock --so-pin 87654321 >"$DIR/token.log" 2>&1 &&
    pkcs11-tool --module "$MODULE" --slot 3 --login --login-type so --so-pin 87654321 --init-pin --new-pin 90817263 >>"$DIR/token.log" 2>&1 ||
    { tail -n 3 "$DIR/token.log" >&2; die "no token could be made with $MODULE"; }
  say "opencryptoki: token lab-ock, empty"
}
rig_down() { stop opencryptoki; }
rig_env() {
  put LAB_PKCS11_MODULE "$MODULE"
  put LAB_PKCS11_TOKEN lab-ock
  put LAB_PKCS11_PIN_FILE "$DIR/pin"
}
