// Preloaded into a test run: hands the loader one source file with one place in it changed.
import { registerHooks } from 'node:module';

/** What the parent says in MUTANT: the file, the place, and what stands there instead. */
export interface Mutation {
  readonly url: string;
  readonly from: number;
  readonly to: number;
  readonly instead: string;
}

const order = process.env.MUTANT;
if (order !== undefined) {
  const { url, from, to, instead } = JSON.parse(order) as Mutation;
  registerHooks({
    load(asked, context, nextLoad) {
      const loaded = nextLoad(asked, context);
      if (asked !== url || loaded.source === undefined || loaded.source === null) return loaded;
      const source =
        typeof loaded.source === 'string'
          ? loaded.source
          : Buffer.from(loaded.source as Uint8Array).toString();
      return { ...loaded, source: source.slice(0, from) + instead + source.slice(to) };
    },
  });
}
