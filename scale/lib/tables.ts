import { billOf } from './bill.ts';
import { FLEETS, type Fleet, fleetOf } from './fleet.ts';
import { count, duration, fileSize, gigabytes, money } from './format.ts';
import { ONE_PROCESS, WRITE_LIMITS } from './limits.ts';
import { monthOf } from './month.ts';
import { PRICES } from './prices.ts';

type Row = readonly string[];

/** The tables of `docs/scale.md`, by the name in their markers. */
export function scaleTables(): Map<string, string> {
  return new Map([
    ['assumptions', assumptionsTable()],
    ['month', monthTable()],
    ['prices', pricesTable()],
    ['bill', billTable()],
    ['small-files', smallFilesTable()],
    ['limits', limitsTable()],
    ['reading', readingTable()],
  ]);
}

function assumptionsTable(): string {
  const { clusters, ...assumed } = fleetOf(0);
  const names = Object.keys(assumed) as (keyof typeof assumed)[];
  return table(
    ['variable', 'here'],
    names.map((name) => [`\`${name}\``, String(assumed[name])]),
  );
}

function monthTable(): string {
  const rows = FLEETS.map((fleet) => {
    const month = monthOf(fleet);
    return [
      count(fleet.clusters),
      count(month.instances),
      count(month.records),
      count(month.objects),
      fileSize(month.storedBytesPerObject),
      gigabytes(month.storedBytes),
      count(month.writes),
      count(month.reads),
      count(month.lists(1000)),
      count(month.lists(5000)),
    ];
  });
  const header = 'clusters, writers, records, objects, an object, stored, writes, reads';
  return table([...header.split(', '), 'lists of 1,000', 'lists of 5,000'], rows);
}

function pricesTable(): string {
  const rows = PRICES.map((prices) => [
    prices.store,
    prices.of,
    prices.currency,
    String(prices.perMillionWrites),
    String(prices.perMillionReads),
    String(prices.perMillionLists),
    String(prices.perGbMonth),
  ]);
  const header = 'store, of, currency, a million writes, a million reads, a million lists';
  return table([...header.split(', '), 'a GB and month'], rows);
}

function billTable(): string {
  const rows = FLEETS.flatMap((fleet) =>
    PRICES.map((prices) => {
      const bill = billOf(fleet, prices);
      return [
        count(fleet.clusters),
        `${prices.store}, ${prices.currency}`,
        money(bill.writes),
        money(bill.reads),
        money(bill.lists),
        money(bill.storage),
        money(bill.total),
        money((bill.total / fleet.clusters) * 1000),
      ];
    }),
  );
  const header = 'clusters, store, writes, reads, lists, storage, total, a thousand clusters';
  return table(header.split(', '), rows);
}

/** One fleet, cut into fewer and more writers. */
function smallFilesTable(): string {
  const [s3 = fail()] = PRICES;
  const rows = [100, 1000, 10_000, 100_000].map((clustersPerInstance) => {
    const fleet: Fleet = fleetOf(1_000_000, { clustersPerInstance });
    const month = monthOf(fleet);
    const bill = billOf(fleet, s3);
    return [
      count(clustersPerInstance),
      count(month.instances),
      count(month.objects),
      fileSize(month.storedBytesPerObject),
      money(bill.writes + bill.reads + bill.lists),
      money(bill.storage),
      money(bill.total),
    ];
  });
  const header = 'records a set, writers, objects, an object, requests, storage, total';
  return table(header.split(', '), rows);
}

function limitsTable(): string {
  const rows = WRITE_LIMITS.map(({ store, of, writesPerSecond }) => [
    store,
    of,
    count(writesPerSecond),
    ...[1, 10, 50].map((seconds) => count(writesPerSecond * seconds)),
  ]);
  return table(
    ['store', 'of', 'writes a second', 'sets in 1 s', 'sets in 10 s', 'sets in 50 s'],
    rows,
  );
}

/** How long one process takes. */
function readingTable(): string {
  const rows = FLEETS.map((fleet) => {
    const { records, objects } = monthOf(fleet);
    return [
      count(fleet.clusters),
      count(records / 30),
      count(objects / 30),
      duration(records / 30 / ONE_PROCESS.recordsPerSecond),
      duration(objects / 30 / ONE_PROCESS.readsPerSecond),
      duration(records / ONE_PROCESS.recordsPerSecond),
      duration(objects / ONE_PROCESS.readsPerSecond),
    ];
  });
  const header = 'clusters, records a day, objects a day, a day: adding up, a day: fetching';
  return table([...header.split(', '), 'a month: adding up', 'a month: fetching'], rows);
}

function table(header: Row, rows: readonly Row[]): string {
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function fail(): never {
  throw new Error('There are no prices');
}
