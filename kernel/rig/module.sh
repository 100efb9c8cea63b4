#!/bin/sh
# Builds the module for one kernel in build/, and prints the path of the .ko.
#
#   module.sh 6.1 | 6.12 | kasan | kcsan [make arguments]
set -eu

kernel=${1:?usage: module.sh 6.1 | 6.12 | kasan | kcsan}
shift
here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
# shellcheck source=kernels.sh
. "$here/kernels.sh"
headers=$(headers_of "$kernel")
build=$tree/build/$kernel

mkdir -p "$build/core" "$build/include/uapi"
# Two runs of the rig may want the same build at once.
if command -v flock >/dev/null; then
	exec 9>"$build/.lock"
	flock 9
fi
# Copied, not built in place: object files of two kernels never meet, and the tree stays clean.
cp -u "$tree"/*.c "$tree"/*.h "$tree/Kbuild" "$build/"
cp -u "$tree"/core/*.[ch] "$build/core/"
cp -u "$tree"/include/uapi/*.h "$build/include/uapi/"
make -s -C "$headers" M="$build" "$@" modules >&2
echo "$build/qenex_banking.ko"
