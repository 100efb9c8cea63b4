#!/bin/sh
# Runs the suite in the guest: `make -C kernel test`, and the stage `kernel` of `npm test`.
#
#   test.sh 6.1 | 6.12 | kasan | kcsan
#
# CALLS, STEPS, CYCLES, SEED and TIMEOUT of the environment make it longer. Exits with 3 when the rig lacks
# something, said in words; QENEX_KERNEL_TEST=optional makes that a skip (0).
set -eu

kernel=${1:-6.1}
here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
work=$tree/build/payload-$kernel

skip() {
	echo "kernel: skipped, $*"
	[ "${QENEX_KERNEL_TEST:-}" = optional ] && exit 0
	exit 3
}

[ "$(uname -s)" = Linux ] || skip "the guard is a Linux module"
[ "$(uname -m)" = x86_64 ] || skip "the rig boots x86-64 kernels only"
for program in qemu-system-x86_64 busybox cpio mke2fs debugfs gcc make apt-get dpkg; do
	command -v "$program" >/dev/null || skip "$program is not installed"
done
"$here/fetch.sh" 6.1 >/dev/null || skip "Debian's kernel packages cannot be had"

rm -rf "$work"
"$tree/tests/build.sh" "$work"
watching=
case $kernel in
kasan | kcsan) calls=20000 steps=5000 cycles=5 seconds=3000 ;;
*) calls=50000 steps=40000 cycles=20 seconds=1500 ;;
esac
# One access in 300 is watched instead of one in 4,000, and for longer: an emulated guest does little a second.
[ "$kernel" != kcsan ] || watching="kcsan.skip_watch=300 kcsan.udelay_task=200"
"$here/run.sh" --kernel "$kernel" --timeout "${TIMEOUT:-$seconds}" --payload "$work" \
	--results "$tree/build/results-$kernel" --append "$watching" \
	--command "sh guest.sh ${CALLS:-$calls} ${STEPS:-$steps} ${CYCLES:-$cycles} ${SEED:-1}"
