/** Measures the task in its argument and prints the result as the last line. */
import type { Task, TaskResults } from './task.ts';

console.log(JSON.stringify(await run(JSON.parse(process.argv[2] as string))));

/** Loads only what the task is made of: what else there is would count for its memory. */
async function run(task: Task): Promise<TaskResults[Task['kind']]> {
  switch (task.kind) {
    case 'prepare':
      return (await import('./prepare.ts')).prepare(task);
    case 'write':
      return (await import('./measure-write.ts')).measureWrite(task);
    case 'read':
      return (await import('./measure-read.ts')).measureRead(task);
    case 'small-pages':
      return (await import('./measure-small-pages.ts')).measureSmallPages(task);
    case 'loop-gap':
      return (await import('./measure-loop-gap.ts')).measureLoopGap(task);
    case 'write-memory':
      return (await import('./measure-write-memory.ts')).measureWriteMemory(task);
    case 'read-memory':
      return (await import('./measure-read-memory.ts')).measureReadMemory(task);
    case 'listing':
      return (await import('./measure-listing.ts')).measureListing(task);
  }
}
