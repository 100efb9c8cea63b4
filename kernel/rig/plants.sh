#!/bin/sh
# Plants faults in copies of the device part and expects the debug kernels' checkers to report each: a rig that
# cannot fail proves nothing. What a checker is to find, the same programs leave alone in the module as it is.
#
#   plants.sh [PATTERN]     only those whose name matches
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
work=$tree/build/plants
missed=0 found=0
short='./selftest "statistics count"; ./selftest roles; ./selftest "lead from"; ./selftest overtaken'

# Boots the copy as it stands and runs the command on it.
run_rig() {
	"$work/tree/rig/run.sh" --kernel "$kernel" --timeout 400 --payload "$work/payload" \
		--parameters "max_accounts=64 max_transfers=1024 max_records=64" \
		--append "kcsan.skip_watch=300 kcsan.udelay_task=200" --command "$command" >"$work/out" 2>&1
}

# Name, file, text to find, text instead, what the output must then have. `kernel` and `command` say where.
plant() {
	case $1 in *"${only:-}"*) ;; *) return 0 ;; esac
	rm -rf "$work/tree"
	mkdir -p "$work/tree"
	cp -r "$tree"/*.c "$tree"/*.h "$tree/Kbuild" "$tree/core" "$tree/include" "$tree/rig" "$work/tree/"
	python3 - "$work/tree/$2" "$3" "$4" <<-'END'
	import sys
	path, old, new = sys.argv[1:]
	text = open(path).read()
	assert text.count(old) >= 1, f'{path}: not found: {old}'
	open(path, 'w').write(text.replace(old, new, 1))
	END
	if run_rig; then
		missed=1
		echo "not ok $1: nothing noticed"
	elif grep -q -E "$5" "$work/out"; then
		found=$((found + 1))
		echo "ok $1: $(grep -m 1 -o -E "$5.*" "$work/out" | cut -c1-80)"
	else
		missed=1
		echo "not ok $1: noticed, but not as $5"
		tail -n 5 "$work/out"
	fi
}

only=${1:-}
mkdir -p "$work"
"$tree/tests/build.sh" "$work/payload"
kernel=kasan command=$short
plant 'use after free' main.c '	kfree(opened);
	return 0;' '	kfree(opened);
	WRITE_ONCE(caller.session, opened->session);
	return 0;' 'KASAN: (slab-)?use-after-free'
plant 'leak' main.c '	kfree(opened);
	return 0;' '	return 0;' 'kmemleak'
plant 'user copy under the lock' commands.c '	argument->statistics = CORE->statistics;' \
	'	argument->statistics = CORE->statistics; might_fault();' 'sleeping function|atomic'
plant 'lock kept' stream.c '	spin_unlock(&qenex_guard.lock);
	return count;' '	if (!count)
		spin_unlock(&qenex_guard.lock);
	return count;' 'lock held when returning|scheduling while atomic|BUG: |without its marker'
plant 'ring read beyond its end' core/chain.c '% core->memory.ring_max] = *record' \
	'% (core->memory.ring_max + 4096)] = *record' 'KASAN'
kernel=kcsan command='./fuzz 8 20000 1'
plant 'list read without the lock' commands.c '	list->count = holds ? qenex_holds(CORE, list->first, list->count, copies) :
			      qenex_account_list(CORE, list->first, list->count, copies);
	qenex_end();' '	if (holds)
		list->count = qenex_holds(CORE, list->first, list->count, copies);
	qenex_end();
	if (!holds)
		list->count = qenex_account_list(CORE, list->first, list->count, copies);' 'KCSAN: data-race'
echo "# $found planted faults found"
[ "$missed" = 0 ]
