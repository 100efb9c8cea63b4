// The door of the ISO 20022 messages: everything other rooms may use of them.
export {
  findDefinition,
  listMessages,
  messageDefinition,
  messageIdOf,
} from '../definition/definitions.ts';
export { type FieldKind, type FormField, formOf } from '../definition/form.ts';
export { labelOf } from '../definition/label.ts';
export { meaningOf } from '../definition/meanings.ts';
export type { MessageDefinition } from '../definition/model.ts';
export { findProfile, marketProfiles, type Profile } from '../definition/profiles/index.ts';
export type { Rule } from '../definition/rules/rule.ts';
export { type Built, buildMessage } from './build.ts';
export { type Checked, type CheckOptions, checkMessage } from './check.ts';
export type { MessagePart } from './envelope.ts';
export { type ExplainedLine, type Explanation, explain, printAdvice } from './explain.ts';
export type { MessageError } from './message-error.ts';
export {
  createMessageReader,
  type MessageReader,
  type Reading,
  type ReadOptions,
  readMessage,
} from './read.ts';
export { findAll, pathOf, type XmlElement } from './tree.ts';
export { type AttributedValue, type Value, type Values, valuesOf } from './values.ts';
