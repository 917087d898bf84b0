import { parseMeteringKey } from '@metering/core';
import { element } from './element.ts';
import { exact } from './exact.ts';
import { fetchJson, readPage } from './read-page.ts';
import { TreeGrid } from './tree-grid.ts';
import { addPage, emptyNode, KEY_COLUMN, sortedChildren, type UsageNode } from './usage-tree.ts';

const summary = document.querySelector<HTMLElement>('#summary')!;
try {
  const keys = (await fetchJson('keys.json')) as readonly string[];
  const usage = await readUsage(keys);
  showTotals(usage, document.querySelector<HTMLElement>('#totals')!);
  new TreeGrid(usage, firstBranch(usage)).showIn(document.querySelector<HTMLElement>('#usage')!);
  summary.textContent = summaryOf(usage);
} catch (error) {
  summary.textContent = `The pages cannot be read: ${error instanceof Error ? error.message : error}`;
  summary.classList.add('failed');
}

/** Reads every page of the folder. What is no page's key (metadata, say) is left out. */
async function readUsage(keys: readonly string[]): Promise<UsageNode> {
  const root = emptyNode();
  const pages = keys.flatMap((key) => {
    const parsed = parseMeteringKey(key);
    return parsed === undefined ? [] : [{ key, parsed }];
  });
  const read = async ({ key, parsed }: (typeof pages)[number]) => {
    const url = `files/${key.split('/').map(encodeURIComponent).join('/')}`;
    addPage(root, parsed, await readPage(url));
  };
  await Promise.all(pages.map(read));
  return root;
}

/** The first minute down to its first instance, so that a reader sees at once what opens. */
function firstBranch(root: UsageNode): UsageNode[] {
  const branch: UsageNode[] = [];
  let node: UsageNode | undefined = root;
  while (node !== undefined && node.children.size > 0) {
    node = sortedChildren(node, { column: KEY_COLUMN, descending: false })[0];
    if (node !== undefined) branch.push(node);
  }
  return branch;
}

function showTotals(root: UsageNode, place: HTMLElement): void {
  const metrics = [...root.totals].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [metric, amount] of metrics) {
    const [name, unit] = metric.split(/ \((.*)\)$/);
    const title = element('h2', {}, name ?? metric, element('small', {}, unit ?? ''));
    place.append(element('article', {}, title, element('p', {}, exact(amount))));
  }
}

function summaryOf(root: UsageNode): string {
  const minutes = sortedChildren(root, { column: KEY_COLUMN, descending: false });
  const [first, last] = [minutes[0]?.label, minutes.at(-1)?.label];
  if (first === undefined) return 'There is no page in this folder.';
  const time = first === last ? first : `${first} to ${last}`;
  return `${time} UTC · ${exact(root.pages)} pages · ${exact(root.records)} records`;
}
