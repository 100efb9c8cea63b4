// A customer's photo and signature: seen beside the name, taken in from a file by who serves.
import { type ChangeEvent, useRef, useState } from 'react';
import type { PictureKind } from '#contract/pictures.ts';
import { Button } from '../../parts/Button.tsx';
import { FaultNotice, Notice } from '../../parts/Notice.tsx';
import { Picture } from '../../parts/Picture.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import styles from './customers.module.css';
import { ErasePicture } from './ErasePicture.tsx';
import { shrinkPicture } from './shrink.ts';

/** What there is of the customer, for the eye that compares; nothing where there is none. */
export function PictureStrip(props: { customer: number; name: string }) {
  const { customer, name } = props;
  const maySee = useRole('teller', 'supervisor', 'compliance');
  const { data } = useQuery('picture.list', maySee ? { customer } : null);
  if (!data || data.pictures.length === 0) return null;
  const kinds = data.pictures.map(({ kind }) => kind);
  return (
    <div className={styles.pictures}>
      {data.pictures.map(({ kind, media, base64 }) => (
        <Picture key={kind} {...{ media, base64 }} label={`${kind} of ${name}`} />
      ))}
      <ErasePicture customer={customer} name={name} kinds={kinds} />
    </div>
  );
}

const noPicture = 'This file is no picture that can be kept: take a PNG or JPEG.';

/** The two buttons that take a picture in; the file is made small before it leaves the page. */
export function TakePicture(props: { customer: number }) {
  const { customer } = props;
  const file = useRef<HTMLInputElement>(null);
  const kind = useRef<PictureKind>('photo');
  const [problem, setProblem] = useState('');
  const setting = useCommand('picture.set');
  const choose = (which: PictureKind) => (): void => {
    kind.current = which;
    file.current?.click();
  };
  useHotkeys('Pictures', [
    { chord: 'Alt+F', what: 'take in a photo', run: choose('photo') },
    { chord: 'Alt+G', what: 'take in a signature', run: choose('signature') },
  ]);
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = event.target.files ?? [];
    const base64 = chosen ? await shrinkPicture(chosen) : null;
    setProblem(chosen && !base64 ? noPicture : '');
    if (file.current) file.current.value = '';
    if (base64) await setting.send({ customer, kind: kind.current, base64 });
  };
  return (
    <>
      <Button kind="quiet" chord="Alt+F" onPress={choose('photo')}>
        Photo
      </Button>
      <Button kind="quiet" chord="Alt+G" onPress={choose('signature')}>
        Signature
      </Button>
      <input
        ref={file}
        type="file"
        accept="image/png,image/jpeg"
        aria-label="Picture of the customer"
        tabIndex={-1}
        hidden
        onChange={(event) => void take(event)}
      />
      {problem ? <Notice tone="red">{problem}</Notice> : null}
      <FaultNotice fault={setting.fault} />
    </>
  );
}
