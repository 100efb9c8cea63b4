/*
 * Why a posting is reserved in the guard, decided by one commit of the ledger, and then posted in the
 * guard: every order of deaths, power cuts and one old file put back is looked at, and the wrong orders fail.
 *
 * One till with 10, payments of 6 and 3, each tried again under its key after a death. Two stations, of
 * which the guard lets one in. The guard (volatile) outlives a station, not a power cut; the ledger
 * (durable) outlives both. While no station runs, somebody may once put an old copy of ledger and witness back.
 *
 * Wrong variants, each of which the test wants refuted: POST_FIRST, VOID_ALL, NO_ANCHOR, CASH_FIRST,
 * EXTEND_FIRST, NO_ATTACH, NO_SETTLE.
 */
#define KEYS 2
#define EVENTS 6
#define BEGIN 10
#define AMOUNT(k) (k == 0 -> 6 : 3)

/* Guard: gone with the power. */
bool up = false;
bit attached = 0;
short g_balance = 0;
short g_held = 0;
byte g_hold_seq = 0;
byte g_hold_id = 0;
byte g_counter = 0;
byte g_value = 0;

/* Ledger: durable; each event has an id that stands for its hash. */
byte l_seq = 0;
short l_balance = BEGIN;
byte l_id[EVENTS];
bool l_has[KEYS];

/* An old copy of the file, taken at any quiet moment. */
bool copied = false;
byte c_seq;
short c_balance;
byte c_id[EVENTS];
bool c_has[KEYS];

byte next_id = 1;
byte crashes = 0;
byte cuts = 0;
bool put_back = false;
/* Power was cut after the old file was put back, or it was put back onto an empty guard: a disk can no more. */
bool beyond = false;
byte cash[KEYS];
byte running = 0;

#define told_is_kept ((cash[0] == 0 || l_has[0]) && (cash[1] == 0 || l_has[1]))

inline safe() {
	assert(g_held == 0 || g_balance - g_held >= 0);
	assert(g_balance >= 0);
	assert(l_balance >= 0);
}

/* A station may die between any two steps; its session, and nothing else of the guard, goes with it. */
inline maybe_die() {
	if
	:: crashes < 2 -> crashes++; goto dead
	:: cuts < 1 -> cuts++; d_step { up = false; g_balance = 0; g_held = 0; g_counter = 0; g_value = 0; attached = 0; if :: put_back -> beyond = true :: else fi }; goto dark
	:: true
	fi
}

inline post_hold() {
	d_step { g_balance = g_balance - g_held; g_held = 0 }
}

/* Start: load an empty guard; else judge the log, settle what a death left, and compare. */
inline begin() {
	d_step {
		fits = true;
		if
		:: !up -> up = true; g_balance = l_balance; g_held = 0; g_counter = l_seq; g_value = l_id[l_seq];
			if :: put_back -> beyond = true :: else fi
		:: else ->
#ifndef NO_ANCHOR
			if
			:: l_seq < g_counter -> fits = false
			:: l_seq >= g_counter && l_id[g_counter] != g_value -> fits = false
			:: else
			fi;
#endif
			if
			:: fits && g_held > 0 ->
#ifdef NO_SETTLE
				skip
#else
				if
#ifndef VOID_ALL
				:: l_seq >= g_hold_seq && l_id[g_hold_seq] == g_hold_id -> g_balance = g_balance - g_held; g_held = 0
#endif
				:: else -> g_held = 0
				fi
#endif
			:: else
			fi;
#ifndef NO_ANCHOR
			if :: fits && g_balance != l_balance -> fits = false :: else fi;
#endif
			if :: fits -> g_counter = l_seq; g_value = l_id[l_seq] :: else fi
		fi
	}
}

proctype Station() {
	byte k;
	bool fits;
	byte id;
again:
	/* The ledger's own file lock and the guard's one session a till. */
#ifndef NO_ATTACH
	atomic { attached == 0 -> attached = 1; running++ }
#else
	running++;
#endif
	begin();
	if
	:: !fits ->
		/* Refused: only an attack may lead here, and nothing was served. */
		assert(put_back);
		goto refused
	:: else
	fi;
	/* A put-back file is served only where it lacks nothing that anybody was told of. */
	assert(beyond || told_is_kept);
#ifndef NO_ATTACH
	assert(g_held == 0);
	assert(g_balance == l_balance);
#endif
	k = 0;
	do
	:: k < KEYS ->
		if
		:: l_has[k] -> goto serve
		:: else
		fi;
		maybe_die();
#ifdef CASH_FIRST
		cash[k]++;
		maybe_die();
#endif
		/* Reserve: by the id the event will have. */
		atomic {
			if
			:: g_balance - g_held >= AMOUNT(k) && l_balance >= AMOUNT(k) && l_seq < EVENTS - 1 ->
				id = next_id; next_id++;
				g_held = g_held + AMOUNT(k); g_hold_seq = l_seq + 1; g_hold_id = id
			:: else -> goto following
			fi
		}
		safe();
		maybe_die();
		if
		:: true
		:: atomic { g_held = 0; goto following }	/* undone: voided */
		fi;
#ifdef POST_FIRST
		post_hold();
		maybe_die();
#endif
#ifdef EXTEND_FIRST
		d_step { g_counter = l_seq + 1; g_value = id };
		maybe_die();
#endif
		/* The one durable commit: the decision. */
		d_step {
			l_seq++; l_id[l_seq] = id; l_balance = l_balance - AMOUNT(k); l_has[k] = true
		};
		safe();
		maybe_die();
#ifndef POST_FIRST
		post_hold();
		maybe_die();
#endif
#ifndef EXTEND_FIRST
		d_step { g_counter = l_seq; g_value = l_id[l_seq] };
#endif
		safe();
serve:
		maybe_die();
#ifndef CASH_FIRST
		/* Told to the teller, who hands out cash once for a key that is recorded. */
		atomic {
			assert(l_has[k]);
			if :: cash[k] == 0 -> cash[k]++ :: else fi
		};
#endif
following:
		k++
	:: else -> break
	od;
#ifndef NO_ATTACH
	assert(g_held == 0 && g_balance == l_balance && g_counter == l_seq && g_value == l_id[l_seq]);
#endif
	/* No cash without its record, and never twice. */
	assert(beyond || told_is_kept);
	assert(beyond || (cash[0] <= 1 && cash[1] <= 1));
	atomic {
#ifndef NO_ATTACH
		attached = 0;
#endif
		running--;
		goto end
	};
dead:
	atomic {
#ifndef NO_ATTACH
		attached = 0;
#endif
		running--
	};
	goto again;
dark:
	/* Power: the other station, which waits, sees an empty guard, too. */
	running--;
	goto again;
refused:
	atomic {
#ifndef NO_ATTACH
		attached = 0;
#endif
		running--
	};
end:
	skip
}

/* Somebody with the disk: copies the file, and puts the copy back, when no station runs. */
proctype Thief() {
	byte i;
	atomic {
		running == 0 -> copied = true; c_seq = l_seq; c_balance = l_balance;
		i = 0;
		do
		:: i < EVENTS -> c_id[i] = l_id[i]; i++
		:: else -> break
		od;
		c_has[0] = l_has[0]; c_has[1] = l_has[1]
	}
	if
	:: atomic {
		running == 0 && l_seq > c_seq -> put_back = true;
		if :: !up -> beyond = true :: else fi;
		l_seq = c_seq; l_balance = c_balance;
		i = 0;
		do
		:: i < EVENTS -> l_id[i] = c_id[i]; i++
		:: else -> break
		od;
		l_has[0] = c_has[0]; l_has[1] = c_has[1]
	}
	:: true
	fi
}

init {
	atomic { run Station(); run Station(); run Thief() }
}
