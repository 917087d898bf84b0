/** Measures the task in its argument and prints the result as the last line. */
import { measureLoopGap } from './measure-loop-gap.ts';
import { measureRead } from './measure-read.ts';
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
    case 'loop-gap':
      return measureLoopGap(task);
    case 'write-memory':
      return measureWriteMemory(task);
  }
}
