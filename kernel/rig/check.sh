#!/bin/sh
# What can be said of the module without running it: builds for both kernels without a warning, sparse,
# checkpatch, the layout for 64 and 32 bits; then the core's random histories under sanitizers.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
out=$tree/build/check.txt
failed=0
mkdir -p "$tree/build"

said() {
	if [ "$2" = 0 ]; then echo "ok $1"; else
		echo "not ok $1"
		cat "$out"
		failed=1
	fi
}

for kernel in 6.1 6.12; do
	rm -rf "$tree/build/$kernel"
	sparse=
	command -v sparse >/dev/null && sparse="C=2"
	# shellcheck disable=SC2086
	code=0 && "$here/module.sh" "$kernel" W=1 $sparse >"$out" 2>&1 || code=1
	grep -q -i 'warning\|error' "$out" && code=1
	said "module for $kernel, W=1 ${sparse:-without sparse}" "$code"
done

if source_tree=$("$here/fetch.sh" source); then
	code=0
	perl "$source_tree/scripts/checkpatch.pl" --no-tree --strict --terse --no-summary -f \
		"$tree"/*.c "$tree"/*.h "$tree"/core/*.[ch] "$tree"/include/uapi/*.h \
		>"$out" 2>&1 || code=1
	said "checkpatch --strict" "$code"
fi

code=0
gcc -std=c11 -Wall -Wextra -Werror -fsyntax-only "$tree/tests/layout.c" >"$out" 2>&1 &&
	gcc -m32 -std=c11 -Wall -Wextra -Werror -fsyntax-only -I/usr/include/x86_64-linux-gnu \
		"$tree/tests/layout.c" >>"$out" 2>&1 || code=1
said "layout for 64 and 32 bits" "$code"

code=0
"$tree/tests/package.sh" 6.1 >"$out" 2>&1 || code=1
said "DKMS package" "$code"

code=0
"$tree/tests/core.sh" >"$out" 2>&1 || code=1
said "core under ASan and UBSan: $(tail -n 1 "$out")" "$code"

count() {
	sed -e '/^[[:space:]]*$/d' -e '/^[[:space:]]*\/\*.*\*\/[[:space:]]*$/d' -e '/^[[:space:]]*\/\//d' \
		-e '/^[[:space:]]*\/\*/,/\*\//d' "$@" | wc -l
}
echo "# lines of code, without comments and blank ones: device $(count "$tree"/*.[ch])," \
	"core $(count "$tree"/core/*.[ch])"
exit "$failed"
