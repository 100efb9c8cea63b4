// Loads the addon and gives its calls their types and their errors a name; no rules.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** A device that is open; only the functions below can do anything with it. */
export type Device = { readonly device: unique symbol };

export interface DeviceShape {
  readonly isCharacterDevice: boolean;
  readonly major: number;
  /** Permission bits. */
  readonly mode: number;
}

/** The addon's own functions; each answers 0 (or what it opened) or a negative errno. */
export interface Addon {
  open(path: string): Device | number;
  describe(device: Device): DeviceShape | number;
  call(device: Device, request: number, bytes: Uint8Array): number;
  batch(
    device: Device,
    request: number,
    bytes: Uint8Array,
    array: Uint8Array,
    addressAt: number,
  ): number;
  watch(
    device: Device,
    recordBytes: number,
    arrived: (error: number, records: Uint8Array) => void,
  ): number;
  close(device: Device): void;
}

/** Where the compiled addon may lie: beside the sources, beside the packed program. */
const places = ['../dist/native/qenex_banking.node', '../native/qenex_banking.node'];

/** The addon; or a sentence why there is none on this machine. */
export function loadAddon(): Addon | string {
  if (process.platform !== 'linux') return 'the guard’s device is Linux’s own';
  const file = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .map((path) => path.replace(/([/\\])app\.asar([/\\])/, '$1app.asar.unpacked$2'))
    .find(existsSync);
  if (file === undefined) return 'the addon was not built on this machine';
  try {
    return createRequire(import.meta.url)(file) as Addon;
  } catch (error) {
    return `the addon does not load: ${(error as Error).message}`;
  }
}

/** What Linux has and Node does not list (include/uapi/asm-generic/errno.h). */
const linuxOnly = {
  ...{ ENOTUNIQ: 76, EBADFD: 77, ESHUTDOWN: 108, EHOSTDOWN: 112, EUCLEAN: 117 },
  ...{ ENOKEY: 126, EKEYREJECTED: 129 },
};
const numbers = { ...linuxOnly, ...constants.errno };
const names = new Map(Object.entries(numbers).map(([name, errno]) => [errno, name]));

/** The name of an error number, such as `EDQUOT`; `E999` where the system has no such number. */
export function errnoName(errno: number): string {
  return names.get(Math.abs(errno)) ?? `E${Math.abs(errno)}`;
}
