/** Measures the task in its argument and prints the result as the last line. */
import { measureListing } from './measure-listing.ts';
import { measureLoopGap } from './measure-loop-gap.ts';
import { measureRead } from './measure-read.ts';
import { measureReadMemory } from './measure-read-memory.ts';
import { measureSmallPages } from './measure-small-pages.ts';
import { measureWrite } from './measure-write.ts';
import { measureWriteMemory } from './measure-write-memory.ts';
import { prepare } from './prepare.ts';
import type { Task, TaskResults } from './task.ts';

console.log(JSON.stringify(await run(JSON.parse(process.argv[2] as string))));

async function run(task: Task): Promise<TaskResults[Task['kind']]> {
  switch (task.kind) {
    case 'prepare':
      return prepare(task);
    case 'write':
      return measureWrite(task);
    case 'read':
      return measureRead(task);
    case 'small-pages':
      return measureSmallPages(task);
    case 'loop-gap':
      return measureLoopGap(task);
    case 'write-memory':
      return measureWriteMemory(task);
    case 'read-memory':
      return measureReadMemory(task);
    case 'listing':
      return measureListing(task);
  }
}
