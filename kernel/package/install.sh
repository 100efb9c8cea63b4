#!/bin/sh
# Installs the guard on this machine through DKMS: sources, group, udev rule, loading at start. As root.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
version=$(sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' "$here/dkms.conf")
root=${DESTDIR:-}
source_folder=$root/usr/src/qenex-banking-$version

if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then
	echo "install.sh: wants root (or DESTDIR to make a package)" >&2
	exit 1
fi
mkdir -p "$source_folder/core" "$source_folder/include/uapi"
install -m 644 "$tree"/*.c "$tree"/*.h "$tree/Kbuild" "$here/dkms.conf" "$source_folder/"
install -m 644 "$tree"/core/*.[ch] "$source_folder/core/"
install -m 644 "$tree"/include/uapi/*.h "$source_folder/include/uapi/"
install -D -m 644 "$here/60-qenex-banking.rules" "$root/usr/lib/udev/rules.d/60-qenex-banking.rules"
install -D -m 644 "$here/qenex-banking.modules-load.conf" \
	"$root/usr/lib/modules-load.d/qenex-banking.conf"
install -D -m 644 "$here/qenex-banking.sysusers.conf" "$root/usr/lib/sysusers.d/qenex-banking.conf"
install -D -m 644 "$here/apparmor.qenex-teller" "$root/etc/apparmor.d/qenex-teller"
install -D -m 644 "$tree/include/uapi/qenex_banking.h" "$root/usr/include/qenex_banking.h"
install -D -m 644 "$tree/include/uapi/qenex_ioctl.h" "$root/usr/include/qenex_ioctl.h"
[ -z "$root" ] || exit 0
command -v systemd-sysusers >/dev/null && systemd-sysusers qenex-banking.conf
command -v dkms >/dev/null || {
	echo "install.sh: files are in place; install dkms, then: dkms install qenex-banking/$version" >&2
	exit 0
}
dkms install --force "qenex-banking/$version"
udevadm control --reload 2>/dev/null || true
modprobe qenex_banking
