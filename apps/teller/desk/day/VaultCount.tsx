// The vault counted by two: what was found, and the second person's own proof.
import type { Fault } from '#contract/wire.ts';
import { Button } from '../../parts/Button.tsx';
import { errorAt, Notice } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { useQuery } from '../../state/useQuery.ts';
import { useSession } from '../../state/useSession.ts';
import { CountFields } from '../till/CountFields.tsx';
import { type TypedCounts, wrongFaces } from '../till/counts.ts';
import { nobody, SecondPerson, type TypedSecond } from '../till/SecondPerson.tsx';

export interface TypedVault extends TypedSecond {
  readonly counts: TypedCounts;
}

export const nothingTyped: TypedVault = Object.freeze({
  ...{ counts: Object.freeze({}), ...nobody },
});

function useVaultPositions() {
  const { data } = useQuery('till.list', {});
  return data?.tills.find((till) => till.kind === 'vault')?.positions ?? [];
}

/** Currencies the vault keeps. */
export function useVaultCurrencies(): readonly string[] {
  return useVaultPositions().map((position) => position.currency);
}

/** Nobody can count an invented vault: a demonstration offers what its books say. Null in a real branch. */
function useInventedCounts(): TypedCounts | null {
  const { demonstration } = useSession();
  const positions = useVaultPositions();
  if (!demonstration || positions.some(({ denominations }) => denominations === null)) return null;
  return Object.fromEntries(
    positions.map(({ currency, denominations }) => [
      currency,
      Object.fromEntries(Object.entries(denominations ?? {}).map(([face, n]) => [face, String(n)])),
    ]),
  );
}

interface VaultCountProps {
  readonly typed: TypedVault;
  readonly onType: (typed: TypedVault) => void;
  readonly fault: Fault | undefined;
}

export function VaultCount({ typed, onType, fault }: VaultCountProps) {
  const wrong = wrongFaces(typed.counts);
  const currencies = useVaultCurrencies();
  const invented = useInventedCounts();
  const fill = (): void => {
    if (invented) onType({ ...typed, counts: invented });
  };
  useHotkeys('Vault count', [{ chord: 'Alt+F', what: 'count as booked', run: fill }], {
    isOff: invented === null,
  });
  return (
    <>
      {invented ? (
        <Notice tone="calm">
          An invented vault cannot be counted.{' '}
          <Button kind="quiet" chord="Alt+F" onPress={fill}>
            Count as booked
          </Button>
        </Notice>
      ) : null}
      {currencies.length === 0 ? null : (
        <CountFields
          currencies={currencies}
          value={typed.counts}
          onChange={(counts) => onType({ ...typed, counts })}
          error={
            wrong.length > 0
              ? `Not a number of pieces: ${wrong.join(', ')}.`
              : errorAt(fault, 'vaultCounts')
          }
        />
      )}
      <SecondPerson
        typed={typed}
        fault={fault}
        onType={(second) => onType({ ...typed, ...second })}
      />
    </>
  );
}
