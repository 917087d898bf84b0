import { type VersionFolder, type VersionWindow, widthOf } from './version-folder.ts';

/**
 * The times of all versions of a folder, ascending. Where all names have one width, that is the order
 * of a listing: they come window by window. Where widths are mixed, the times are collected first, as
 * plain numbers.
 *
 * Whether they are is seen in the first window and in the one that begins with 9, where a range of
 * times that crosses a power of ten has its older, narrower names.
 */
export async function* versionsInOrder(folder: VersionFolder): AsyncGenerator<number> {
  const head = await folder.window('');
  const tail = head.lastName === undefined ? head : await folder.window('9');
  const windows = allWindows(folder, head);
  if (haveOneWidth(head, tail)) {
    for await (const window of windows) yield* timesOf(window);
  } else {
    const times: number[] = [];
    for await (const window of windows) times.push(...timesOf(window));
    yield* times.sort((a, b) => a - b);
  }
}

async function* allWindows(
  folder: VersionFolder,
  head: VersionWindow,
): AsyncGenerator<VersionWindow> {
  let window = head;
  yield window;
  while (window.lastName !== undefined) {
    window = await folder.window(window.lastName);
    yield window;
  }
}

function haveOneWidth(...windows: readonly VersionWindow[]): boolean {
  const times = windows.flatMap(timesOf);
  return new Set(times.map(widthOf)).size <= 1;
}

function timesOf({ versions }: VersionWindow): number[] {
  return versions.map(({ modifyTs }) => modifyTs);
}
