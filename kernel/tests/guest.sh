#!/bin/sh
# The suite as the guest runs it: self-tests, fuzz, stress, the C example, loads and unloads; one line for each.
#
#   guest.sh CALLS STEPS CYCLES SEED
calls=${1:-50000} steps=${2:-40000} cycles=${3:-20} seed=${4:-1}
failed=0

load() {
	rmmod qenex_banking 2>/dev/null
	# shellcheck disable=SC2086
	insmod /qenex_banking.ko $1 || { echo "not ok load with $1"; exit 1; }
}

run() {
	"$@" || { failed=1; echo "# failed: $*"; }
}

load "max_accounts=64 max_transfers=2048 max_records=512"
run ./selftest
[ ! -x ./selftest32 ] || run ./selftest32
load "max_accounts=64 max_transfers=1024 max_records=512"
run ./fuzz 8 "$calls" "$seed"
room=$((steps * 4))
load "max_accounts=64 max_transfers=$room max_records=$room"
run ./stress 8 "$steps"
load ""
run ./example
run ./reload "$cycles"
[ ! -e /sys/kernel/debug/failslab ] || { load "max_accounts=64 max_transfers=2048"; run ./failnth; }
[ "$failed" = 0 ] && echo "ok kernel suite" || echo "not ok kernel suite"
exit "$failed"
