#!/bin/sh
# Builds the core for user space under ASan and UBSan and runs random histories over it.
#
#   core.sh [HISTORIES STEPS SEED]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(dirname "$here")/build
mkdir -p "$work"
gcc -std=gnu11 -g -O1 -Wall -Wextra -Wno-missing-field-initializers -Werror \
	-fsanitize=address,undefined -fno-sanitize-recover=all -o "$work/core-test" \
	"$here/core.c" "$here/sha256.c" "$here"/../core/*.c
exec "$work/core-test" "$@"
