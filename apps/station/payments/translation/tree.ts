// The plain tree of an ISO 20022 message, and a reader of it that remembers what was read.

/** One element: names without prefix, text without markup, attributes such as Ccy. */
export interface MxNode {
  readonly tag: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly MxNode[];
}

/** A tree that is read by paths of tags ("PmtId/EndToEndId"); what is read is ticked off. */
export interface MxSource {
  readonly node: MxNode;
  /** Text of the first element at the path, "" when there is none; ticks it off. */
  text(path: string): string;
  /** An attribute of the first element at the path; ticks the attribute off with the element. */
  attribute(path: string, name: string): string;
  /** Sources at the path, in their order; nothing is ticked off yet. */
  all(path: string): readonly MxSource[];
  has(path: string): boolean;
  /** Leaves that hold something and were not read, with their paths from the root. */
  unread(): readonly { readonly path: string; readonly text: string }[];
}

/** Makes a source of a tree. */
export function createSource(node: MxNode, read = new Set<MxNode>()): MxSource {
  const find = (path: string) => nodesAt(node, path.split('/'), 0);
  const first = (path: string) => (path === '' ? node : find(path)[0]);
  return Object.freeze({
    node,
    text: (path: string) => {
      const found = first(path);
      if (found) read.add(found);
      return found?.text.replaceAll(/\s*\n\s*/g, ' ') ?? '';
    },
    attribute: (path: string, name: string) => first(path)?.attributes[name] ?? '',
    all: (path: string) => find(path).map((each) => createSource(each, read)),
    has: (path: string) => first(path) !== undefined,
    unread: () => unreadLeaves(node, node.tag, read),
  });
}

function nodesAt(node: MxNode, path: readonly string[], at: number): readonly MxNode[] {
  const matches = node.children.filter(({ tag }) => tag === path[at]);
  if (at === path.length - 1) return matches;
  return matches.flatMap((each) => nodesAt(each, path, at + 1));
}

function unreadLeaves(
  node: MxNode,
  path: string,
  read: ReadonlySet<MxNode>,
): { path: string; text: string }[] {
  if (node.children.length > 0) {
    return node.children.flatMap((each) => unreadLeaves(each, `${path}/${each.tag}`, read));
  }
  return node.text.trim() !== '' && !read.has(node) ? [{ path, text: node.text }] : [];
}

/** A tree made of paths in their order: each path is put after what is there already. */
export interface MxTarget {
  readonly root: MxNode;
  /**
   * Puts a leaf; `fresh` names the element of the path that begins anew although one stands
   * there.
   */
  put(path: string, text: string, options?: { currency?: string; fresh?: string }): void;
}

interface OpenNode {
  tag: string;
  text: string;
  attributes: Record<string, string>;
  children: OpenNode[];
}

/** Makes an empty target with the given root. */
export function createTarget(tag: string): MxTarget {
  const root: OpenNode = { tag, text: '', attributes: {}, children: [] };
  return {
    root,
    put: (path, text, { currency, fresh } = {}) => {
      let at = root;
      for (const step of path.split('/')) {
        const last = at.children.findLast((each) => each.tag === step);
        if (last && step !== fresh) at = last;
        else {
          const made: OpenNode = { tag: step, text: '', attributes: {}, children: [] };
          at.children.push(made);
          at = made;
        }
      }
      at.text = text;
      if (currency) at.attributes.Ccy = currency;
    },
  };
}
