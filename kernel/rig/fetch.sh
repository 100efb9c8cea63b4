#!/bin/sh
# Unpacks Debian's kernels, headers and source into a cache folder, so that nothing but tools is
# installed and the kernels are exactly those the headers belong to.
#
#   fetch.sh 6.1 | 6.12 | source     prints the folder; a second call finds it ready
#
# The archive drops old point releases, so the version is asked for at run time; 6.1 takes the one
# whose headers are installed, when they are.
set -eu

cache=${QENEX_KERNEL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/qenex-kernel}
what=${1:?usage: fetch.sh 6.1 | 6.12 | source}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

if command -v flock >/dev/null; then
	exec 8>"$cache/.lock"
	flock 8
fi

say() { echo "kernel rig: $*" >&2; }

# Downloads packages by name into the cache and unpacks them under $1.
unpack() {
	into=$1
	shift
	work=$(mktemp -d "$cache/download.XXXXXX")
	chmod 755 "$work"
	if ! (cd "$work" && apt-get download -q "$@" >/dev/null 2>"$work/errors"); then
		(apt-get update -q >/dev/null 2>&1) || true
		(cd "$work" && apt-get download -q "$@" >/dev/null 2>"$work/errors") || {
			say "cannot download $*: $(cat "$work/errors")"
			rm -rf "$work"
			exit 3
		}
	fi
	for package in "$work"/*.deb; do
		dpkg -x "$package" "$into"
	done
	rm -rf "$work"
}

# The newest release of a line, from the meta package's dependency or the list of packages.
release_of() {
	installed=$(ls -d /usr/src/linux-headers-"$1".*-cloud-amd64 2>/dev/null | sort -V | tail -n 1)
	if [ -n "$installed" ]; then
		basename "$installed" | sed 's/^linux-headers-//'
		return
	fi
	apt-cache search --names-only "^linux-image-$1\..*-cloud-amd64\$" |
		awk '{print $1}' | sed 's/^linux-image-//' | sort -V | tail -n 1
}

kernel() {
	ready="$cache/$1/release"
	if [ ! -s "$ready" ]; then
		release=$(release_of "$1")
		[ -n "$release" ] || { say "no kernel $1 in the package lists"; exit 3; }
		say "unpacking Debian's kernel $release (once)"
		common=$(echo "$release" | sed 's/-cloud-amd64$//')
		kbuild=linux-kbuild-$common
		case $1 in 6.1) kbuild=linux-kbuild-6.1 ;; esac
		rm -rf "${cache:?}/$1"
		mkdir -p "$cache/$1"
		unpack "$cache/$1" "linux-image-$release" "linux-headers-$release" \
			"linux-headers-$common-common" "$kbuild"
		# The headers name their common part by an absolute path.
		sed -i "s|/usr/src/linux-headers-$common-common|$cache/$1&|" \
			"$cache/$1/usr/src/linux-headers-$release/Makefile"
		echo "$release" >"$ready"
	fi
	echo "$cache/$1"
}

source_tree() {
	if [ ! -s "$cache/source/release" ]; then
		say "unpacking Debian's kernel source 6.1 (once)"
		rm -rf "$cache/source"
		mkdir -p "$cache/source"
		unpack "$cache/source" linux-source-6.1
		tar -C "$cache/source" -xf "$cache/source/usr/src/linux-source-6.1.tar.xz"
		rm -f "$cache/source/usr/src/linux-source-6.1.tar.xz"
		echo 6.1 >"$cache/source/release"
	fi
	echo "$cache/source/linux-source-6.1"
}

case $what in
6.1 | 6.12) kernel "$what" ;;
source) source_tree ;;
*) say "unknown: $what" && exit 2 ;;
esac
