// Brings together what one item needs to know: its account, who may be at the desk, and the draft it makes.
import type { AccountView } from '#contract/accounts.ts';
import { accountOf } from '../../parts/AccountInput.tsx';
import { useStation } from '../../state/station.tsx';
import { useSession } from '../../state/useSession.ts';
import { type ItemDraft, type ItemForm, type Missing, type ReadItem, readItem } from './form.ts';
import { type ItemFieldsProps, proposedPieces } from './ItemFields.tsx';
import { likelyPerson, peopleOf, useAccount } from './useAccount.ts';
import type { Previewed } from './usePreview.ts';

export interface Item {
  readonly account: AccountView | undefined;
  readonly accountError: string | undefined;
  /** The draft, or null while something is missing. */
  readonly draft: ItemDraft | null;
  readonly missing: readonly Missing[];
  /** The draft once the account is known, for who presses Enter before its answer is there. */
  complete(): Promise<ReadItem>;
  /** What the fields are drawn with. */
  fields(previewed: Previewed): Omit<ItemFieldsProps, 'onChange' | 'errorOf'>;
}

/** The form read against the account it names: its currency, and who is likely at the desk. */
function readAgainst(typed: ItemForm, account: AccountView | undefined, base: string) {
  const currency = typed.currency || account?.currency || base;
  const people = peopleOf(account);
  const isOrganisation = account ? hasOnlySigners(account) : false;
  const likely = likelyPerson(people, isOrganisation ? 'organisation' : 'person');
  const read = readItem({ ...typed, currency }, likely?.customer ?? null);
  return { currency, people, likely, read };
}

export function useItem(typed: ItemForm): Item {
  const { branch } = useSession();
  const { queries } = useStation();
  const { account, fault } = useAccount(typed.account);
  const base = branch?.baseCurrency ?? '';
  const { currency, people, likely, read } = readAgainst(typed, account, base);

  const complete = async (): Promise<ReadItem> => {
    const number = accountOf(typed.account);
    if (account || number === undefined) return read;
    // An account that is refused is refused again, at its field, by the preview.
    const fetched = await queries.fetch('account.get', { number }).catch(() => undefined);
    return readAgainst(typed, fetched, base).read;
  };
  return {
    account,
    accountError: fault && fault.code !== 'lost' ? fault.message : undefined,
    draft: read.ok ? read.draft : null,
    missing: read.ok ? [] : read.missing,
    complete,
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
