#!/bin/sh
# Builds the core for user space under ASan and UBSan, asks its rare cases and runs random histories over it.
#
#   core.sh [HISTORIES STEPS SEED]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(dirname "$here")/build
mkdir -p "$work"
build() {
	gcc -std=gnu11 -g -O1 -Wall -Wextra -Wno-missing-field-initializers -Werror \
		-fsanitize=address,undefined -fno-sanitize-recover=all -o "$work/$1" \
		"$here/$2" "$here/sha256.c" "$here"/../core/*.c
}
build core-cases core-cases.c
"$work/core-cases"
build core-test core.c
exec "$work/core-test" "$@"
