// Looks for the kernel's guard on this machine, and says in words why there is none.
import { existsSync } from 'node:fs';
import { loadAddon } from '#native/index.ts';
import type { GuardDevice } from './guard.ts';
import { createKernelGuard, devicePath } from './kernel-guard.ts';

export { devicePath };

/** The kernel's guard behind the path, or a sentence why there is none. */
export function findKernelGuard(path: string | undefined): GuardDevice | string {
  if (path === undefined) return 'This workstation was started without the kernel’s guard.';
  if (!existsSync(path)) {
    return `The kernel module qenex_banking is not loaded on this machine: there is no ${path}.`;
  }
  const addon = loadAddon();
  return typeof addon === 'string'
    ? `The kernel’s guard is there, but ${addon}.`
    : createKernelGuard(addon, path);
}
