#!/bin/sh
# Builds the debug kernel from Debian's source, once for each version of source and of the settings.
#
#   debug-kernel.sh kasan | kcsan     prints the build folder, with bzImage and a tree for modules
set -eu

flavour=${1:?usage: debug-kernel.sh kasan | kcsan}
here=$(cd "$(dirname "$0")" && pwd)
cache=${QENEX_KERNEL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/qenex-kernel}
source_tree=$("$here/fetch.sh" source)
key=$(cat "$here/debug.config" "$here/debug-$flavour.config" "$source_tree/Makefile" |
	sha256sum | cut -c1-16)
build=$cache/debug-$flavour-$key

if [ ! -s "$build/ready" ]; then
	echo "kernel rig: building the $flavour kernel (once; about 12 CPU-minutes)" >&2
	mkdir -p "$build"
	quiet="make -s -C $source_tree O=$build KCONFIG_NOTIMESTAMP=1"
	$quiet tinyconfig >/dev/null
	cat "$here/debug.config" "$here/debug-$flavour.config" >>"$build/.config"
	$quiet olddefconfig >/dev/null 2>&1
	while read -r line; do
		case $line in
		CONFIG_*=n | \#* | '') ;;
		*) grep -qxF "$line" "$build/.config" || echo "kernel rig: not taken: $line" >&2 ;;
		esac
	done <<-END
	$(cat "$here/debug.config" "$here/debug-$flavour.config")
	END
	$quiet -j"$(nproc)" bzImage modules >"$build/log" 2>&1 ||
		{ tail -n 20 "$build/log" >&2; exit 1; }
	touch "$build/ready"
	echo ready >"$build/ready"
fi
echo "$build"
