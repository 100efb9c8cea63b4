// Gives an order in the pure head office: signed where the key is, numbered, handed down to whom it is for.
import { refuseUnless } from '#station/bank/refusal.ts';
import { handDown, type OfficeState } from './office-state.ts';
import { allBranches, type Order, orderNote } from './orders.ts';

/**
 * Numbers the order over all branches together, signs it and hands it down; returns its version. Refuses
 * `branch-unknown`.
 */
export function giveOrder(
  state: OfficeState,
  order: Omit<Order, 'version'>,
  parts: { readonly version: number; readonly sign: (note: Buffer) => string },
): void {
  const { branch, name, value } = order;
  const { version } = parts;
  const isForAll = branch === allBranches;
  refuseUnless(isForAll || state.devices.has(branch), 'branch-unknown', `No branch ${branch}.`);
  const signature = parts.sign(orderNote({ branch, name, version, value }));
  for (const device of state.devices.values()) {
    if (!isForAll && device.branch !== branch) continue;
    handDown(device, { kind: 'reference', name, version, value, branch, signature });
  }
}
