// Brings pushes to the windows they concern, and to no other.
import type { EventName } from '#contract/index.ts';
import type { Role, Topic } from '#contract/operation.ts';
import type { Pipe } from '#contract/wire.ts';
import type { Announcer, Person } from './desk.ts';

export interface Windows extends Announcer {
  /** Takes a window in; returns its number and the way to let it go. */
  add(pipe: Pipe): { readonly window: number; remove(): void };
}

/** `personOf` says who is signed in at a window; a window without a person hears only what is for itself. */
export function createAnnouncer(personOf: (window: number) => Person | null): Windows {
  const pipes = new Map<number, Pipe>();
  let next = 1;

  function push(window: number, event: EventName, payload: unknown): void {
    pipes.get(window)?.send({ event, payload });
  }

  function toPeople(wanted: (person: Person) => boolean, event: EventName, payload: unknown): void {
    for (const window of pipes.keys()) {
      const person = personOf(window);
      if (person && wanted(person)) push(window, event, payload);
    }
  }

  return Object.freeze({
    add(pipe: Pipe) {
      const window = next++;
      pipes.set(window, pipe);
      return { window, remove: () => void pipes.delete(window) };
    },
    changed(topics: readonly Topic[]) {
      const payload = { topics: [...new Set(topics)] };
      for (const window of pipes.keys()) push(window, 'changed', payload);
    },
    toRoles(roles: readonly Role[], event: EventName, payload: unknown) {
      toPeople((person) => person.roles.some((role) => roles.includes(role)), event, payload);
    },
    toPerson(id: number, event: EventName, payload: unknown) {
      toPeople((person) => person.id === id, event, payload);
    },
    toWindow: push,
  });
}
