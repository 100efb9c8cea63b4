// Hands out day packs, each made again from the log first and compared with what was signed and written.
import type { Checked } from '#contract/index.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import { isSignedBy, publicKeyOf } from '#station/ledger/checkpoint.ts';
import { type Counter, instant } from './counter.ts';
import { derivePack } from './day-derive.ts';
import { type PackFiles, packJson, packName } from './day-files.ts';
import { packDigest, packText } from './day-pack.ts';
import type { SignedPack } from './day-pack-shape.ts';
import type { Handlers } from './desk.ts';
import { print } from './print/printer.ts';

const packsMost = 400;

export function packHandlers(
  counter: Counter,
  files: PackFiles,
): Pick<Handlers, 'day.packs' | 'day.pack'> {
  return {
    'day.packs': () => ({
      packs: counter.days.closed(packsMost).flatMap(({ date, close }) => {
        if (!close) return [];
        const { journals, headSeq, headHash } = close;
        const closedBy = counter.people.nameOf(close.by);
        return [{ date, closedAt: instant(close.at), closedBy, journals, headSeq, headHash }];
      }),
    }),
    'day.pack': async ({ date }: Checked<'day.pack'>) => {
      const signed = await provenPack(counter, date);
      const json = packJson(counter, signed);
      await compareWithFile(files, signed, json);
      const pdf = await print({ kind: 'day-pack', pack: signed });
      return { name: packName(date), json, pdfBase64: Buffer.from(pdf).toString('base64') };
    },
  };
}

/**
 * The pack derived a second time from the log. Refuses `day-not-closed`, and `pack-differs` when the log no
 * longer gives the pack that was signed at the close.
 */
async function provenPack(counter: Counter, date: string): Promise<SignedPack> {
  const day = counter.days.day(date);
  refuseUnless(
    day?.close,
    'day-not-closed',
    `Business date ${date} was not closed: it has no pack.`,
    'date',
  );
  const pack = await derivePack(counter, day);
  const digest = packDigest(pack);
  const { digest: signedDigest, signature } = day.close;
  const key = publicKeyOf(counter.ledger.publicKey);
  refuseUnless(
    digest === signedDigest &&
      isSignedBy(key, Buffer.from(packText(pack)), Buffer.from(signature, 'hex')),
    'pack-differs',
    `The log gives another pack for ${date} than was signed at its close (event ${day.close.seq}): prove the books.`,
  );
  return { pack, digest, signature };
}

/** A file that is lost is written again; one that was changed is refused by name. */
async function compareWithFile(files: PackFiles, signed: SignedPack, json: string): Promise<void> {
  const { date } = signed.pack;
  const kept = await files.read(date);
  if (kept === null) await files.write(signed);
  else {
    refuseUnless(
      kept === json,
      'pack-file-changed',
      `The file packs/${packName(date)}.json is not what was signed at the close of ${date}: set it aside for the auditor, then ask again.`,
    );
  }
}
