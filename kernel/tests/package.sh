#!/bin/sh
# Packs the DKMS files into a folder and builds the module from exactly those; where dkms is installed, by dkms
# itself: added, built, signed, installed and removed again, in folders of its own.
#
#   package.sh KERNEL
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
rig=$tree/rig
# shellcheck source=../rig/kernels.sh
. "$rig/kernels.sh"
kernel=${1:-6.1}
into=$tree/build/package
sources=$into/usr/src
rm -rf "$into"
DESTDIR=$into "$tree/package/install.sh"
headers=$(headers_of "$kernel")
settings=$(cd "$into" && find . -type f -name '*.conf' -o -name '*.rules' | wc -l)

# The group, the udev rule and the profile, judged by what will read them, where it is here.
judged=
if command -v systemd-sysusers >/dev/null && [ "$(id -u)" = 0 ]; then
	root=$tree/build/root
	rm -rf "$root"
	mkdir -p "$root/etc"
	systemd-sysusers --root="$root" "$into/usr/lib/sysusers.d/qenex-banking.conf" >/dev/null 2>&1
	grep -q '^qenex:' "$root/etc/group" || { echo "not ok no group qenex is made"; exit 1; }
	judged="$judged group"
fi
if command -v udevadm >/dev/null && udevadm verify --help >/dev/null 2>&1; then
	udevadm verify "$into/usr/lib/udev/rules.d/60-qenex-banking.rules"
	judged="$judged udev"
fi
if command -v apparmor_parser >/dev/null; then
	apparmor_parser -Q -K "$into/etc/apparmor.d/qenex-teller" >/dev/null 2>&1 ||
		{ echo "not ok the AppArmor profile is not understood"; exit 1; }
	judged="$judged AppArmor"
fi
echo "# judged:${judged:- nothing, for nothing that could is here}"

if command -v dkms >/dev/null && [ "$(id -u)" = 0 ]; then
	work=$tree/build/dkms
	release=$(basename "$headers" | sed 's/^linux-headers-//')
	rm -rf "$work"
	mkdir -p "$work/tree" "$work/modules/$release"
	with() {
		action=$1
		shift
		dkms "$action" -m qenex-banking -v 1.0 --sourcetree "$sources" --dkmstree "$work/tree" \
			--installtree "$work/modules" "$@" >>"$work/log" 2>&1 || {
			cat "$work/log"
			exit 1
		}
	}
	with add
	with build -k "$release" --kernelsourcedir "$headers"
	with install -k "$release" --kernelsourcedir "$headers" --no-depmod
	find "$work/modules" -name 'qenex_banking.ko*' | grep -q . || { cat "$work/log"; exit 1; }
	with remove --all
	if find "$work/modules" -name 'qenex_banking.ko*' | grep -q .; then
		echo "not ok dkms left its module behind"
		exit 1
	fi
	echo "ok package: dkms $(dkms --version | grep -o '[0-9].*') built, installed and removed it for $release;" \
		"$settings settings files"
else
	make -s -C "$headers" M="$sources/qenex-banking-1.0" modules 2>&1 | grep -v BTF || true
	test -s "$sources/qenex-banking-1.0/qenex_banking.ko"
	echo "ok package builds (without dkms, which is not here) and holds $settings settings files"
fi
