// Says what a command of the command line is: its words, what it needs, and what it answers.
import type { Database } from 'better-sqlite3';
import type { Branch } from '#station/branch.ts';

/** What a command found. `json` is printed with --json, `text` otherwise. */
export interface Outcome {
  /** False when what was asked about does not hold; the exit code is then 1. */
  readonly ok: boolean;
  /** One object; bigint becomes a decimal string. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
  /**
   * Where many things were asked about: one object each, printed a line each, with --json or
   * without.
   */
  readonly lines?: readonly Readonly<Record<string, unknown>>[];
}

export interface Context {
  /** Folder of the branch. */
  readonly folder: string;
  /** The arguments, as many as `parameters` allows. */
  readonly values: readonly string[];
  /** The options given, by name. */
  readonly options: Readonly<Record<string, string>>;
  /** Reads beside a running station: takes no lock, changes nothing. The branch must exist. */
  read<T>(look: (database: Database) => T): Promise<T>;
  /**
   * Lends the database's file and key to work in threads of its own, the files looked over
   * first.
   */
  lend<T>(act: (file: string, key: Uint8Array) => Promise<T>): Promise<T>;
  /** Opens the branch as its only station. The branch must exist unless `make` is given. */
  work<T>(act: (branch: Branch) => T | Promise<T>, how?: { readonly make: boolean }): Promise<T>;
}

export interface Command {
  /** How it is called, such as `ledger trial-balance`. */
  readonly words: string;
  /**
   * Names of its arguments, such as `ACCOUNT`; all are needed. The last may be `FILE...`, one or
   * more, or `[VALUE...]`, any number.
   */
  readonly parameters: readonly string[];
  /** Names of its options that take a value, with what they mean. */
  readonly options?: Readonly<Record<string, string>>;
  /** One line for the usage. */
  readonly summary: string;
  run(context: Context): Promise<Outcome>;
}
