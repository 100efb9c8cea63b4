#!/bin/sh
# Compiles the guest's programs into a folder; statically, so that the guest needs no library.
#
#   build.sh FOLDER
set -eu
into=${1:?usage: build.sh FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
flags="-std=gnu11 -O1 -Wall -Wextra -Wno-missing-field-initializers -Werror -static"

mkdir -p "$into"
into=$(cd "$into" && pwd)
one() {
	name=$1
	shift
	# shellcheck disable=SC2086
	gcc $flags -I"$here/../include/uapi" -o "$into/$name" "$@"
}
(
	cd "$here"
	one selftest selftest.c test-*.c sha256.c
	one fuzz fuzz.c fuzz-calls.c sha256.c
	one stress stress.c sha256.c
	one reload reload.c sha256.c
	one failnth failnth.c sha256.c
	one cost cost.c sha256.c
	one example ../examples/predecessor.c
	# The same bytes for 32-bit programs, where their compiler is here.
	# shellcheck disable=SC2086
	gcc -m32 $flags -I"$here/../include/uapi" -o "$into/selftest32" selftest.c test-*.c sha256.c \
		2>/dev/null || true
)
cp "$here/guest.sh" "$into/"
