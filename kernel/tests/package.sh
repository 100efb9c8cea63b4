#!/bin/sh
# Packs the DKMS files into a folder and builds the module from exactly those, as DKMS would.
#
#   package.sh KERNEL
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
rig=$tree/rig
# shellcheck source=../rig/kernels.sh
. "$rig/kernels.sh"
into=$tree/build/package
rm -rf "$into"
DESTDIR=$into "$tree/package/install.sh"
make -s -C "$(headers_of "${1:-6.1}")" M="$into/usr/src/qenex-banking-1.0" modules 2>&1 |
	grep -v BTF || true
test -s "$into/usr/src/qenex-banking-1.0/qenex_banking.ko"
echo "ok package builds and holds $(cd "$into" && find . -type f -name '*.conf' -o -name '*.rules' | wc -l) settings files"
