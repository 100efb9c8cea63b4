// Names everything the station needs from the outside world, so that it never knows its host.

/** Wall clock and monotonic timer. Every date the station writes comes from here. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Milliseconds of a timer that never goes back. */
  monotonic(): number;
  /** Calls back once after the given time; returns a function that cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Cryptographic chance in production, a seeded generator in tests and in the demonstration branch. */
export interface Chance {
  bytes(count: number): Uint8Array;
}

/** Keeps the branch's secret key outside the database. */
export interface Keychain {
  /** The 32-byte database key, made on the first call; rejects with a Refusal when it cannot be had. */
  databaseKey(): Promise<Uint8Array>;
}

/** The head of the log: number and hash of its last event. */
export interface Head {
  readonly seq: number;
  readonly hash: Uint8Array;
  /** The guard's last quote, 48 bytes, kept sealed with it; absent where there is none. */
  readonly quote?: Uint8Array;
}

/**
 * Remembers the log's head outside the database file, so that a shortened, swapped or rolled-back file
 * is noticed. Written after each commit; read once at the start.
 */
export interface Witness {
  /** The newest head it has seen, or null when it has never seen one. Throws a Refusal when it is damaged. */
  read(): Head | null;
  write(head: Head): void;
  close(): void;
}

/**
 * The thread of the risk models. A call rejects with a Refusal when it is late or the thread is dead; whoever
 * asked then goes by the rules alone.
 */
export interface RiskScorer {
  /** Puts a model file into a place such as `fraud`. */
  load(place: string, file: Uint8Array): Promise<{ readonly hash: string }>;
  score(place: string, row: Float64Array, deadlineMs: number): Promise<RiskScore>;
  /** What each column of the row adds to the score. */
  explain(
    place: string,
    row: Float64Array,
    deadlineMs: number,
  ): Promise<{ readonly contributions: Float64Array }>;
  readonly isAlive: () => boolean;
  close(): Promise<void>;
}
export interface RiskScore {
  /** 0 (ordinary) to 1 (surely fraud). */
  readonly probability: number;
  /** SHA-256 of the model that answered. */
  readonly modelHash: string;
}

/** The way to the payees' banks, which know whether a name and an account belong together. */
export interface PayeeVerification {
  verify(payee: { readonly iban: string; readonly name: string }): Promise<{
    readonly outcome: 'match' | 'close-match' | 'no-match' | 'not-possible';
    /** The name the payee's bank has, where it tells. */
    readonly name: string | null;
    /** Who answered. */
    readonly source: string;
  }>;
}

export interface Ports {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly keychain: Keychain;
  readonly witness: (key: Uint8Array) => Witness;
  /** Null where the workstation runs without models. */
  readonly riskScorer: RiskScorer | null;
  /** Absent where no way to the payees' banks is set up. */
  readonly payeeVerifier?: PayeeVerification;
  /** Path of the kernel guard's device; absent: the guard runs in this process. */
  readonly guardDevice?: string;
  /** Hex hash of a head that a supervisor has looked at and accepts in spite of witness or guard. */
  readonly acceptHead?: string;
  /** Folder of the branch: database, witness and day packs live here. */
  readonly folder: string;
  /** Tells the people who care for the workstation about our own mistakes; never given customers' data. */
  readonly report: (where: string, error: unknown) => void;
  /** True when the branch holds demonstration data only. */
  readonly demonstration: boolean;
}
