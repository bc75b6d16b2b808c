# A TPM 2 in software (swtpm) behind a resource manager (tpm2-abrmd) on a D-Bus of its own, with tpm2-pkcs11 over it.
# The TPM locks after three wrong PINs by default; here it forgives more, so that tests of wrong PINs can follow each other.
# shellcheck shell=bash
DIR=$STATE/tpm PORT=$((PORTS + 50)) BUS=$RUN/tpm-bus MODULE=/usr/lib/$(uname -m)-linux-gnu/pkcs11/libtpm2_pkcs11.so
tpm_environment() {
  export DBUS_SESSION_BUS_ADDRESS=unix:path=$BUS TPM2_PKCS11_STORE=$DIR/store TPM2_PKCS11_TCTI=tabrmd:bus_type=session TPM2TOOLS_TCTI=tabrmd:bus_type=session
}
tpm_token() { # makes the token lab-tpm and its keys
  tpm2_dictionarylockout --setup-parameters --max-tries=1000 --recovery-time=1 --lockout-recovery-time=1
  tpm2_ptool init
  tpm2_ptool addtoken --pid=1 --label=lab-tpm --userpin=90817263 --sopin=12345678
  local key
  for key in ecc256=p256 ecc384=p384 rsa2048=rsa2048 ecc256=double ecc256=double; do
    tpm2_ptool addkey --label=lab-tpm --userpin=90817263 --algorithm="${key%=*}" --key-label="${key#*=}"
  done
}
rig_up() {
  need tpm swtpm tpm2-abrmd tpm2_ptool tpm2_dictionarylockout dbus-daemon pkcs11-tool "$MODULE"
  tpm_environment
  mkdir -p "$DIR/state" "$DIR/store"
  start tpm "$PORT $((PORT + 1))" swtpm socket --tpm2 --tpmstate "dir=$DIR/state" --server "type=tcp,port=$PORT,bindaddr=127.0.0.1" \
    --ctrl "type=tcp,port=$((PORT + 1)),bindaddr=127.0.0.1" --flags not-need-init,startup-clear
  printf '<busconfig><type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>\n' \
    "$BUS" >"$DIR/bus.conf"
  pid_of tpm-bus >/dev/null || rm -f "$BUS"
  start tpm-bus '' dbus-daemon --config-file="$DIR/bus.conf" --nofork
  wait_for tpm-bus 10 test -S "$BUS"
  start tpm-abrmd '' tpm2-abrmd --session --allow-root --tcti="swtpm:host=127.0.0.1,port=$PORT"
  wait_for tpm-abrmd 10 tpm2_getrandom 1
  printf 90817263 >"$DIR/pin"; chmod 600 "$DIR/pin"
  if [ ! -f "$DIR/done" ]; then
    tpm_token >"$LOG/tpm-token.log" 2>&1 || { tail -n 3 "$LOG/tpm-token.log" >&2; die "no token could be made in the TPM (log: $LOG/tpm-token.log)"; }
    touch "$DIR/done"
  fi
  say "tpm: token lab-tpm, keys p256 p384 rsa2048, and double twice"
}
rig_down() { stop tpm-abrmd; stop tpm-bus; stop tpm; rm -f "$BUS"; }
rig_env() {
  put DBUS_SESSION_BUS_ADDRESS "unix:path=$BUS"
  put TPM2_PKCS11_STORE "$DIR/store"
  put TPM2_PKCS11_TCTI tabrmd:bus_type=session
  put LAB_PKCS11_MODULE "$MODULE"
  put LAB_PKCS11_TOKEN lab-tpm
  put LAB_PKCS11_PIN_FILE "$DIR/pin"
  put LAB_PKCS11_URI "pkcs11:token=lab-tpm;object=p256?module-path=$MODULE"
}
