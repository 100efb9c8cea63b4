// Brings together what one item needs to know: its account, who may be at the desk, and the draft it makes.
import type { AccountView } from '#contract/accounts.ts';
import { useSession } from '../../state/useSession.ts';
import { type ItemDraft, type ItemForm, type Missing, readItem } from './form.ts';
import { type ItemFieldsProps, proposedPieces } from './ItemFields.tsx';
import { likelyPerson, peopleOf, useAccount } from './useAccount.ts';
import type { Previewed } from './usePreview.ts';

export interface Item {
  readonly account: AccountView | undefined;
  readonly accountError: string | undefined;
  /** The draft, or null while something is missing. */
  readonly draft: ItemDraft | null;
  readonly missing: readonly Missing[];
  /** What the fields are drawn with. */
  fields(previewed: Previewed): Omit<ItemFieldsProps, 'onChange' | 'errorOf'>;
}

export function useItem(typed: ItemForm): Item {
  const { branch } = useSession();
  const { account, fault } = useAccount(typed.account);
  const currency = typed.currency || account?.currency || branch?.baseCurrency || '';
  const people = peopleOf(account);
  const isOrganisation = account ? account.owners.length > 0 && hasOnlySigners(account) : false;
  const likely = likelyPerson(people, isOrganisation ? 'organisation' : 'person');
  const read = readItem({ ...typed, currency }, likely?.customer ?? null);
  return {
    account,
    accountError: fault && fault.code !== 'lost' ? fault.message : undefined,
    draft: read.ok ? read.draft : null,
    missing: read.ok ? [] : read.missing,
    fields: (previewed) => ({
      form: typed,
      currency,
      account,
      people,
      likely,
      preview: previewed.preview,
      proposed: proposedPieces(previewed.proposals),
    }),
  };
}

/** An account with signatories on record is an organisation's: its owner cannot stand at the desk. */
function hasOnlySigners(account: AccountView): boolean {
  return account.mandates.some(({ kind }) => kind === 'signatory');
}
