#!/bin/sh
# Plants bugs in copies of the core and expects the user-space histories to notice each one: a test that
# cannot fail proves nothing.
#
#   mutants.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(dirname "$here")
work=$tree/build/mutants
caught=0 missed=0
rm -rf "$work"
mkdir -p "$work/include/uapi" "$work/tests"
cp "$tree"/include/uapi/*.h "$work/include/uapi/"
cp "$here"/core.c "$here"/sha256.[ch] "$work/tests/"

# Without a bug first: what fails then proves nothing about the bugs. Name, file, text to find, text instead (both fixed strings).
mutant() {
	rm -rf "$work/core"
	cp -r "$tree/core" "$work/core"
	[ "$2" = none ] || python3 - "$work/core/$2" "$3" "$4" <<-'END'
	import sys
	path, old, new = sys.argv[1:]
	text = open(path).read()
	assert text.count(old) >= 1, f'{path}: not found: {old}'
	open(path, 'w').write(text.replace(old, new, 1))
	END
	gcc -std=gnu11 -g -O1 -w -fsanitize=address,undefined -fno-sanitize-recover=all \
		-o "$work/test" "$work"/tests/*.c "$work"/core/*.c
	if [ "$2" = none ]; then
		timeout 300 "$work/test" 100 250 9 >"$work/out" 2>&1 || {
			echo "not ok without a bug: $(head -n 1 "$work/out")"
			exit 1
		}
	elif timeout 300 "$work/test" 100 250 9 >"$work/out" 2>&1; then
		missed=$((missed + 1))
		echo "not ok $1"
	else
		caught=$((caught + 1))
		echo "ok $1: $(grep -m 1 -E 'not ok|ERROR|runtime error' "$work/out" | cut -c1-70)"
	fi
}

mutant 'no bug' none '' ''
mutant 'pending is no use of cover' judge.c 'used + pending + amount > cover' 'used + amount > cover'
mutant 'overdraft counted twice' judge.c 'cover + overdraft;' 'cover + 2 * overdraft;'
mutant 'debit total may overflow' judge.c 'debit->debits_posted + debit->debits_pending + amount > QENEX_AMOUNT_MAX' '0'
mutant 'credit total may overflow' judge.c 'credit->credits_posted + credit->credits_pending + amount > QENEX_AMOUNT_MAX' '0'
mutant 'a self-transfer passes' judge.c 'transfer->debit == transfer->credit' '0'
mutant 'credit side forgotten' transfer.c '*(hold ? &credit->credits_pending : &credit->credits_posted) += transfer->amount;' ';'
mutant 'undo forgets the credit account' transfer.c 'core->memory.slots[entry->credit].account = undo->credit;' ';'
mutant 'undo forgets the hold' transfer.c 'core->memory.entries[undo->pending].transfer.state = QENEX_TRANSFER_PENDING;' ';'
mutant 'undo forgets the number of holds' transfer.c '			core->holds = holds;' '			;'
mutant 'undo forgets the entry' transfer.c '	qenex_give_entry_back(core, undo->entry);' '	;'
mutant 'room for settling is not kept' transfer.c '1 + core->holds + (reserve ? 1 : 0) - (settles ? 1 : 0)' '1'
mutant 'a settled hold stays in the list' transfer.c '	qenex_list_remove(core, pending, true);' '	;'
mutant 'more than the hold may be posted' transfer.c 'transfer->amount > hold->transfer.amount' '0'
mutant 'a hold may be settled twice' transfer.c 'hold->transfer.state != QENEX_TRANSFER_PENDING' '0'
mutant 'the receipt is the next one' transfer.c 'transfer->seq = entry->transfer.seq;' 'transfer->seq = entry->transfer.seq + 1;'
mutant 'a repeat is done again' transfer.c '	if (!known)
		return 0;' '	return 0;'
mutant 'expiry posts' settle.c 'qenex_release_hold(core, index, 0);' 'qenex_release_hold(core, index, 1);'
mutant 'release leaves the credit side' settle.c '	credit->credits_pending -= amount;' '	;'
mutant 'expired holds are skipped' settle.c 'if (expires && expires <= caller->boot_ns)' 'if (expires && expires < caller->boot_ns / 2)'
mutant 'unacknowledged transfers are forgotten' table.c 'settled_seq > core->acked_seq' 'settled_seq > core->seq'
mutant 'an entry is given twice' table.c '	core->free_entry = entry->next;' '	;'
mutant 'the ring is one too long' chain.c 'record->seq % core->memory.ring_max]' 'record->seq % (core->memory.ring_max + 1)]'
echo "# $caught of $((caught + missed)) planted bugs caught"
[ "$missed" = 0 ]
