// Shows why a draft cannot be posted, where the reason belongs to no field of the form.
import { Notice } from '../../parts/Notice.tsx';
import { generalRefusals, type Wrong } from './fields.ts';

export function Refusals(props: { wrong: Wrong }) {
  return generalRefusals(props.wrong).map(({ message }) => (
    <Notice key={message} tone="red" isLoud>
      {message}
    </Notice>
  ));
}
