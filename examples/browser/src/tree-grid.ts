import { element } from './element.ts';
import { exact } from './exact.ts';
import {
  KEY_COLUMN,
  RECORDS_COLUMN,
  type Sorting,
  sortedChildren,
  type UsageNode,
} from './usage-tree.ts';

/** A line that is shown: the node, and the row that it is shown in. */
interface Line {
  readonly node: UsageNode;
  readonly level: number;
  readonly row: HTMLTableRowElement;
}

/**
 * The usage as a tree in a table. Columns sort, rows open and close: by mouse, and by keyboard as in
 * every tree (arrows, Home, End, Enter, Space).
 */
export class TreeGrid {
  readonly #root: UsageNode;
  readonly #columns: readonly string[];
  readonly #open: Set<UsageNode>;
  readonly #head = element('tr', {});
  readonly #body = element('tbody', {});
  #sorting: Sorting = { column: KEY_COLUMN, descending: false };
  #lines: Line[] = [];
  #focused: UsageNode | undefined;

  constructor(root: UsageNode, open: Iterable<UsageNode> = []) {
    this.#root = root;
    this.#columns = [KEY_COLUMN, RECORDS_COLUMN, ...[...root.totals.keys()].sort()];
    this.#open = new Set(open);
  }

  /** Puts the table into a place of the document. */
  showIn(place: HTMLElement): void {
    const foot = element('tfoot', {}, this.#cells(element('tr', {}), this.#root, 'Total'));
    const table = element('table', { role: 'treegrid', 'aria-label': 'Usage by key' });
    table.append(element('thead', {}, this.#head), this.#body, foot);
    this.#body.addEventListener('keydown', (event) => this.#onKey(event));
    place.replaceChildren(table);
    this.#render();
  }

  #render(): void {
    this.#head.replaceChildren(...this.#columns.map((column) => this.#header(column)));
    this.#lines = [];
    this.#collect(this.#root, 1);
    this.#focused ??= this.#lines[0]?.node;
    for (const { node, row } of this.#lines) row.tabIndex = node === this.#focused ? 0 : -1;
    this.#body.replaceChildren(...this.#lines.map(({ row }) => row));
  }

  #collect(parent: UsageNode, level: number): void {
    for (const node of sortedChildren(parent, this.#sorting)) {
      this.#lines.push({ node, level, row: this.#row(node, level) });
      if (this.#open.has(node)) this.#collect(node, level + 1);
    }
  }

  #header(column: string): HTMLElement {
    const { column: sorted, descending } = this.#sorting;
    const order = descending ? 'descending' : 'ascending';
    const cell = element('th', {
      scope: 'col',
      'aria-sort': column === sorted ? order : 'none',
    });
    const [, metric = column, unit] = /^(.*) \((.*)\)$/.exec(column) ?? [];
    const button = element('button', { type: 'button' }, metric);
    if (unit !== undefined) button.append(element('small', {}, unit));
    button.addEventListener('click', () => this.#sortBy(column));
    cell.append(button);
    return cell;
  }

  /** Amounts begin with the largest, labels with the first; again, the other way round. */
  #sortBy(column: string): void {
    const again = this.#sorting.column === column;
    this.#sorting = {
      column,
      descending: again ? !this.#sorting.descending : column !== KEY_COLUMN,
    };
    this.#render();
    this.#head.querySelectorAll('button')[this.#columns.indexOf(column)]?.focus();
  }

  #row(node: UsageNode, level: number): HTMLTableRowElement {
    const row = element('tr', { 'aria-level': String(level), style: `--level: ${level}` });
    if (node.children.size > 0) row.ariaExpanded = String(this.#open.has(node));
    row.addEventListener('click', () => {
      this.#toggle(node);
      this.#focus(node);
    });
    return this.#cells(row, node, node.label);
  }

  #cells(row: HTMLTableRowElement, node: UsageNode, label: string): HTMLTableRowElement {
    const [, records, ...metrics] = this.#columns;
    row.append(element('th', { scope: 'row' }, element('span', {}, label)));
    if (records !== undefined) row.append(element('td', {}, exact(node.records)));
    for (const metric of metrics) {
      const amount = node.totals.get(metric);
      row.append(element('td', {}, amount === undefined ? '' : exact(amount)));
    }
    return row;
  }

  #toggle(node: UsageNode, open = !this.#open.has(node)): void {
    if (node.children.size === 0) return;
    if (open) this.#open.add(node);
    else this.#open.delete(node);
    this.#render();
  }

  #focus(node: UsageNode | undefined): void {
    if (node === undefined) return;
    this.#focused = node;
    for (const line of this.#lines) {
      line.row.tabIndex = line.node === node ? 0 : -1;
      if (line.node === node) line.row.focus();
    }
  }

  #onKey(event: KeyboardEvent): void {
    const index = this.#lines.findIndex(({ row }) => row === event.target);
    const line = this.#lines[index];
    if (line === undefined || !this.#act(event.key, line, index)) return;
    event.preventDefault();
  }

  /** Does what a key means on a line; false for a key that means nothing. */
  #act(key: string, { node, level }: Line, index: number): boolean {
    const isOpen = this.#open.has(node);
    if (key === 'ArrowDown') this.#focus(this.#lines[index + 1]?.node);
    else if (key === 'ArrowUp') this.#focus(this.#lines[index - 1]?.node);
    else if (key === 'Home') this.#focus(this.#lines[0]?.node);
    else if (key === 'End') this.#focus(this.#lines.at(-1)?.node);
    else if (key === 'ArrowRight' && isOpen) this.#focus(this.#lines[index + 1]?.node);
    else if (key === 'ArrowLeft' && !isOpen) this.#focus(this.#parentOf(index, level));
    else if (['ArrowRight', 'ArrowLeft', 'Enter', ' '].includes(key)) {
      this.#toggle(node);
      this.#focus(node);
    } else return false;
    return true;
  }

  #parentOf(index: number, level: number): UsageNode | undefined {
    return this.#lines.slice(0, index).findLast((line) => line.level < level)?.node;
  }
}
